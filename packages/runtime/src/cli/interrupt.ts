import { exitCode, type ExitCode } from '../exit-codes.ts';

const signals = ['SIGINT', 'SIGTERM'] as const;

// "npm run" passes on the Ctrl-C that the terminal has sent to us already: both arrive within a millisecond.
const echoMs = 250;

/**
 * Runs a command with a signal that aborts on the first Ctrl-C or SIGTERM; a second one ends the process with 130. The
 * handlers are gone when the command ends.
 */
export async function withInterrupt(run: (signal: AbortSignal) => Promise<ExitCode>): Promise<ExitCode> {
  const controller = new AbortController();
  let firstAt: number | undefined;
  const handle = (): void => {
    firstAt ??= performance.now();
    if (controller.signal.aborted && performance.now() - firstAt < echoMs) return;
    // The command had its chance to finish cleanly; whoever asks twice wants out now.
    if (controller.signal.aborted) process.exit(exitCode.interrupted);
    controller.abort(new DOMException('interrupted', 'AbortError'));
  };
  for (const name of signals) process.on(name, handle);
  try {
    return await run(controller.signal);
  } finally {
    for (const name of signals) process.off(name, handle);
  }
}
