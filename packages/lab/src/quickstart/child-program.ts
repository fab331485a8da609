import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { sendSignal } from '../process/process-table.ts';
import { forgetPid, recordPid } from '../process/run-directory.ts';

/** One sub-command of ours, run as a process of its own. */
export interface ChildProgramSpec {
  /** Name in messages and of its pid file. */
  readonly name: string;
  /** Script of the `pgattest` command. */
  readonly entry: string;
  /** Name the run directory somewhere: that is how a leftover is recognised as ours. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly runDir: string;
  readonly logFile: string;
}

/** How a process ended. */
export interface ChildEnd {
  readonly code: number | undefined;
  readonly signal: string | undefined;
}

/** A running sub-command. */
export interface ChildProgram {
  readonly name: string;
  readonly logFile: string;
  /** Set once it has ended. */
  readonly end: ChildEnd | undefined;
  readonly ended: Promise<ChildEnd>;
  /** The last lines it logged. */
  lastLines(count: number): string;
  /** SIGTERM, then SIGKILL when it does not go. */
  stop(): Promise<ChildEnd>;
}

const stopTimeoutMs = 10_000;

/** Starts a sub-command that serves until it is stopped; everything it prints goes to its log file. */
export function startChildProgram(spec: ChildProgramSpec): ChildProgram {
  const child = spawnProgram(spec, 'log');
  let end: ChildEnd | undefined;
  const ended = endOf(child, spec).then((result) => {
    end = result;
    return result;
  });
  return {
    name: spec.name,
    logFile: spec.logFile,
    get end() {
      return end;
    },
    ended,
    lastLines: (count) => readFileSync(spec.logFile, 'utf8').trimEnd().split('\n').slice(-count).join('\n'),
    async stop() {
      if (end !== undefined || child.pid === undefined) return ended;
      const { pid } = child;
      sendSignal(pid, 'SIGTERM');
      const timer = setTimeout(() => sendSignal(pid, 'SIGKILL'), stopTimeoutMs);
      try {
        return await ended;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

/** Runs a sub-command to its end and returns what it printed; its stderr goes to the log file. */
export async function runChildProgram(
  spec: ChildProgramSpec,
  signal: AbortSignal,
): Promise<{ readonly stdout: string; readonly end: ChildEnd }> {
  const child = spawnProgram(spec, 'pipe');
  const interrupt = (): void => {
    child.kill('SIGTERM');
  };
  signal.addEventListener('abort', interrupt);
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  try {
    const end = await endOf(child, spec);
    return { stdout: Buffer.concat(chunks).toString('utf8'), end };
  } finally {
    signal.removeEventListener('abort', interrupt);
  }
}

function spawnProgram(spec: ChildProgramSpec, stdout: 'log' | 'pipe'): ChildProcess {
  const log = openSync(spec.logFile, 'a', 0o600);
  const stdio: StdioOptions = ['ignore', stdout === 'log' ? log : 'pipe', log];
  const child = spawn(process.execPath, [spec.entry, ...spec.args], {
    cwd: spec.runDir,
    // Its own session: Ctrl-C in the terminal is for us, we stop everything in order.
    detached: true,
    env: withoutServerSettings(spec.env),
    stdio,
  });
  closeSync(log);
  if (child.pid !== undefined) recordPid(spec.runDir, spec.name, child.pid);
  return child;
}

async function endOf(child: ChildProcess, spec: ChildProgramSpec): Promise<ChildEnd> {
  const end = await new Promise<ChildEnd>((resolve) => {
    // Not started at all: there will be no exit.
    child.once('error', () => {
      resolve({ code: undefined, signal: undefined });
    });
    child.once('close', (code, killedBy) => {
      resolve({ code: code ?? undefined, signal: killedBy ?? undefined });
    });
  });
  forgetPid(spec.runDir, spec.name);
  return end;
}

/** PGHOST, PGPASSWORD, PG_EXPORTER_URL and the like are about other servers than ours, and may be secret. */
function withoutServerSettings(env: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('PG')));
}
