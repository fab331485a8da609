import { once } from 'node:events';
import { exitCode, formatListenAddress, type ExitCode, type Logger } from '@pgattest/runtime';
import type { ServedExporter } from './source-api.ts';

const reloadSignals = ['SIGHUP', 'SIGUSR1'] as const;

/** Lets an exporter serve until the signal aborts, reloading on SIGHUP and SIGUSR1, then closes it. */
export async function serveUntilStopped(
  exporter: ServedExporter,
  signal: AbortSignal,
  logger: Logger,
): Promise<ExitCode> {
  // systemctl reload of the programs we replace sends SIGHUP, which ends a Node process that does not listen for it;
  // SIGUSR1 would open a debugger. A reload that fails has been logged.
  const reload = (): void => {
    void exporter.reload().catch(() => {});
  };
  for (const name of reloadSignals) process.on(name, reload);
  try {
    logger.info('exporter serves', { addresses: exporter.addresses.map(formatListenAddress), tls: exporter.isTls });
    if (!signal.aborted) await once(signal, 'abort');
    logger.info('exporter stops');
  } finally {
    for (const name of reloadSignals) process.off(name, reload);
    await exporter.close();
  }
  return exitCode.ok;
}
