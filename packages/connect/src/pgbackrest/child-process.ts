import { spawn, type ChildProcess } from 'node:child_process';
import { setPriority } from 'node:os';
import { onAbort } from '../deadline.ts';
import { descendantsOf, killMarked, killQuietly, type ProcessMark } from './process-tree.ts';

/** A program to run to its end, within bounds. */
export interface ChildPlan {
  readonly file: string;
  readonly args: readonly string[];
  /** The whole environment of the child. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Most bytes of standard output; more ends the child. */
  readonly maxOutputBytes: number;
  /** Takes standard output piece by piece; without it the output is kept and returned. */
  readonly onOutput?: (text: string) => void;
  /** Scheduling priority, 0 to 19; higher gives way to others. */
  readonly niceness?: number;
  readonly signal?: AbortSignal;
}

/** How it ended. `stdout` is empty when the plan takes it piece by piece. */
export interface ChildOutcome {
  readonly end: 'exited' | 'signalled' | 'timeout' | 'overflow' | 'aborted' | 'not_started';
  readonly exitCode: number | undefined;
  readonly stdout: string;
  /** The last 16 KiB. */
  readonly stderr: string;
  readonly durationMs: number;
}

const maxErrorChars = 16_384;
/** Time to end by itself after SIGTERM. */
const termGraceMs = 2000;
/** Time for what a child left behind to close the output after the child has ended. */
const closeGraceMs = 1000;

/**
 * Runs a program in a process group of its own. At its deadline, on too much output or on abort the group and every
 * descendant are ended, SIGTERM first; what a child leaves behind is ended as well. Never rejects.
 */
export function runChild(plan: ChildPlan): Promise<ChildOutcome> {
  return new Promise((resolve) => {
    new Run(plan, resolve).start();
  });
}

class Run {
  readonly #plan: ChildPlan;
  readonly #resolve: (outcome: ChildOutcome) => void;
  readonly #began = performance.now();
  readonly #decoder = new TextDecoder();
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #marks = new Map<number, ProcessMark>();
  #child: ChildProcess | undefined;
  #forget: (() => void) | undefined;
  #end: ChildOutcome['end'] | undefined;
  #stdout = '';
  #stderr = '';
  #bytes = 0;
  #isSettled = false;

  constructor(plan: ChildPlan, resolve: (outcome: ChildOutcome) => void) {
    this.#plan = plan;
    this.#resolve = resolve;
  }

  start(): void {
    const { file, args, env, timeoutMs, signal, niceness } = this.#plan;
    if (signal?.aborted === true) {
      this.#settle('aborted', undefined);
      return;
    }
    try {
      this.#child = spawn(file, args, { env, cwd: '/', detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    } catch (error) {
      this.#stderr = error instanceof Error ? error.message : String(error);
      this.#settle('not_started', undefined);
      return;
    }
    const child = this.#child;
    child.once('error', (error) => {
      if (child.pid !== undefined) return;
      this.#stderr = error.message;
      this.#settle('not_started', undefined);
    });
    child.stdout?.on('data', (chunk: Buffer) => this.#take(chunk));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-maxErrorChars);
    });
    child.once('exit', (code, exitSignal) => {
      this.#end ??= exitSignal === null ? 'exited' : 'signalled';
      // Normally the output is at its end now. A descendant that still holds it, holds it in vain.
      this.#after(closeGraceMs, () => {
        this.#killAll();
        child.stdout?.destroy();
        child.stderr?.destroy();
        this.#settle(this.#end ?? 'exited', code ?? undefined);
      });
    });
    child.once('close', (code) => {
      if (child.pid !== undefined) this.#settle(this.#end ?? 'exited', code ?? undefined);
    });
    if (child.pid !== undefined && niceness !== undefined) lowerPriority(child.pid, niceness);
    this.#after(timeoutMs, () => this.#stop('timeout'));
    if (signal !== undefined) this.#forget = onAbort(signal, () => this.#stop('aborted'));
  }

  #take(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.#plan.maxOutputBytes) {
      this.#stop('overflow');
      return;
    }
    this.#put(this.#decoder.decode(chunk, { stream: true }));
  }

  #put(text: string): void {
    if (this.#plan.onOutput === undefined) this.#stdout += text;
    else this.#plan.onOutput(text);
  }

  #stop(end: ChildOutcome['end']): void {
    const pid = this.#child?.pid;
    if (this.#end !== undefined || pid === undefined) return;
    this.#end = end;
    this.#mark(pid);
    killQuietly(-pid, 'SIGTERM');
    this.#after(termGraceMs, () => this.#killAll());
  }

  /** Descendants must be noted while their parents live: orphans belong to nobody. */
  #mark(pid: number): void {
    for (const mark of descendantsOf(pid)) this.#marks.set(mark.pid, mark);
  }

  #killAll(): void {
    const pid = this.#child?.pid;
    if (pid === undefined) return;
    this.#mark(pid);
    killQuietly(-pid, 'SIGKILL');
    killMarked([...this.#marks.values()]);
  }

  #after(ms: number, act: () => void): void {
    this.#timers.push(setTimeout(act, ms));
  }

  #settle(end: ChildOutcome['end'], exitCode: number | undefined): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#forget?.();
    // Whoever was stopped may have left descendants in sessions of their own.
    if (end !== 'exited' && end !== 'not_started') this.#killAll();
    if (end !== 'overflow') this.#put(this.#decoder.decode());
    const durationMs = performance.now() - this.#began;
    this.#resolve({ end, exitCode, stdout: this.#stdout, stderr: this.#stderr, durationMs });
  }
}

/** A child that runs with our own priority is no reason to do without it. */
function lowerPriority(pid: number, niceness: number): void {
  try {
    setPriority(pid, niceness);
  } catch {
    return;
  }
}
