import { spawn, type ChildProcess } from 'node:child_process';
import { LabError } from '../errors.ts';
import type { RunResult } from './stack-run.ts';

/** A program to run to its end. */
export interface ProgramSpec {
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly input?: string;
  readonly timeoutMs: number;
  readonly onLine?: (line: string) => void;
}

/** A program that runs; its process group is its own. */
export interface Program {
  readonly pid: number;
  readonly ended: Promise<RunResult>;
  kill(signal: NodeJS.Signals): void;
}

// Enough for any answer we ask for, too little to fill the memory.
const maxOutputBytes = 4 * 1024 * 1024;

/** Starts a program and collects what it says, the first 4 MiB of each stream. Errors: start_failed. */
export async function startProgram(spec: ProgramSpec): Promise<Program> {
  const [command, ...args] = spec.argv;
  const child = spawn(command, args, { cwd: spec.cwd, env: { ...spec.env }, detached: true, stdio: 'pipe' });
  const pid = await pidOf(child, command);
  const stdout = collect(child.stdout, spec.onLine);
  const stderr = collect(child.stderr, undefined);
  // A program that does not read its input is no failure of ours.
  child.stdin.on('error', () => {});
  child.stdin.end(spec.input ?? '');
  const kill = (signal: NodeJS.Signals): void => {
    try {
      process.kill(-pid, signal);
    } catch {
      // The group has ended in the meantime.
    }
  };
  const timer = Number.isFinite(spec.timeoutMs)
    ? setTimeout(() => {
        kill('SIGKILL');
      }, spec.timeoutMs)
    : undefined;
  const ended = new Promise<RunResult>((resolve) => {
    child.once('exit', () => {
      // A background child that kept the pipe must not keep us waiting.
      setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, 1_000).unref();
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? undefined, stdout: stdout(), stderr: stderr() });
    });
  });
  return { pid, ended, kill };
}

/** Runs a program to its end or to its deadline, when its whole group is killed. Errors: start_failed. */
export async function runProgram(spec: ProgramSpec): Promise<RunResult> {
  return (await startProgram(spec)).ended;
}

async function pidOf(child: ChildProcess, command: string): Promise<number> {
  const { pid } = child;
  if (pid !== undefined) return pid;
  const cause = await new Promise<Error>((resolve) => {
    child.once('error', resolve);
  });
  throw new LabError('start_failed', `cannot start ${command}: ${cause.message}`, { cause });
}

function collect(stream: NodeJS.ReadableStream, onLine: ((line: string) => void) | undefined): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  let rest = '';
  stream.on('data', (chunk: Buffer) => {
    if (size < maxOutputBytes) chunks.push(chunk.subarray(0, maxOutputBytes - size));
    size += chunk.length;
    if (onLine === undefined) return;
    const lines = (rest + chunk.toString('utf8')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  stream.on('end', () => {
    if (rest !== '') onLine?.(rest);
  });
  stream.on('error', () => {});
  return () =>
    Buffer.concat(chunks).toString('utf8') + (size > maxOutputBytes ? `\n[${size - maxOutputBytes} bytes more]` : '');
}
