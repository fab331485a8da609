import { spawn } from 'node:child_process';
import { DrillError } from '../errors.ts';

export interface ProgramOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** More output than this ends the program; 64 MiB unless said. */
  readonly maxOutputBytes?: number;
}

/** How a program ended. */
export interface ProgramResult {
  /** Undefined when a signal ended it. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program to its end, in a process group of its own that ends with it. Errors: program_failed when it cannot be
 * started, does not end in time or prints too much; interrupted when the signal aborts.
 */
export async function runProgram(
  argv: readonly [string, ...string[]] | readonly string[],
  options: ProgramOptions,
): Promise<ProgramResult> {
  const [file = '', ...args] = argv;
  const name = nameOf(argv);
  if (options.signal.aborted) throw new DrillError('interrupted', `${name} was not started: the drill was stopped`);
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      env: options.env,
      cwd: '/',
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const limit = options.maxOutputBytes ?? 64 * 1024 * 1024;
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let bytes = 0;
    let failure: DrillError | undefined;
    let killer: NodeJS.Timeout | undefined;
    const stop = (error: DrillError): void => {
      if (failure !== undefined) return;
      failure = error;
      signalGroup(child.pid, 'SIGTERM');
      killer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), 5000);
    };
    const collect = (into: Buffer[]) => (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > limit) {
        stop(new DrillError('program_failed', `${name} printed more than ${Math.round(limit / 1024 / 1024)} MiB`));
      } else {
        into.push(chunk);
      }
    };
    const timer = setTimeout(() => {
      stop(new DrillError('program_failed', `${name} did not end within ${Math.round(options.timeoutMs / 1000)} s`));
    }, options.timeoutMs);
    const onAbort = (): void => stop(new DrillError('interrupted', `${name} was ended: the drill was stopped`));
    options.signal.addEventListener('abort', onAbort, { once: true });
    const release = (): void => {
      clearTimeout(timer);
      clearTimeout(killer);
      options.signal.removeEventListener('abort', onAbort);
    };
    child.stdout.on('data', collect(out));
    child.stderr.on('data', collect(err));
    child.once('error', (cause) => {
      release();
      reject(new DrillError('program_failed', `cannot start ${name}: ${cause.message}; is it installed?`, { cause }));
    });
    child.once('close', (code) => {
      release();
      if (failure !== undefined) {
        reject(failure);
        return;
      }
      resolve({
        code: code ?? undefined,
        stdout: Buffer.concat(out).toString(),
        stderr: Buffer.concat(err).toString(),
      });
    });
  });
}

/** Sends a signal to a process group; false when it is gone. */
export function signalGroup(pid: number | undefined, signal: NodeJS.Signals): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(-pid, signal);
  } catch {
    // ESRCH: the group has ended already.
    return false;
  }
}

/** The program behind setpriv, without its arguments. */
function nameOf(argv: readonly string[]): string {
  const index = argv[0] === 'setpriv' ? argv.indexOf('--') + 1 : 0;
  const path = argv[index] ?? '';
  return path.slice(path.lastIndexOf('/') + 1);
}
