import type { ServerIdentity } from '../pki/authority.ts';
import type { LabUser } from './daemon.ts';
import type { RunOptions, RunResult, StackRun } from './stack-run.ts';

/** A daemon of the stack under the hands of a fault. */
export interface DaemonHandle {
  readonly id: string;
  /** Undefined = not running. */
  readonly pid: number | undefined;
  /** To the process itself; PostgreSQL is no child of Patroni's process group, see `postmasterOf`. */
  signal(signal: NodeJS.Signals): void;
  stop(): Promise<void>;
  /** Starts it again and waits until it is ready; `env` is added to its environment for this start only. */
  start(options?: { readonly env?: Readonly<Record<string, string>> }): Promise<void>;
}

/** A program that keeps running on a host until it ends by itself, is stopped, or the lab goes down. */
export interface RunningProgram {
  readonly ended: Promise<RunResult>;
  /** SIGTERM, then SIGKILL after five seconds. */
  stop(): Promise<RunResult>;
}

/** What a fault works with. */
export interface FaultRun extends StackRun {
  daemon(id: string): DaemonHandle;
  /** All daemons of a host. */
  daemonsOf(host: string): readonly DaemonHandle[];
  /** Line 1 of postmaster.pid; undefined when no such process lives. */
  postmasterOf(member: string): number | undefined;
  /** A process of the lab by pid: PostgreSQL's own children, for SIGSTOP of a walreceiver. No error when it is gone. */
  signal(pid: number, signal: NodeJS.Signals): void;
  /** Pids of the direct children of a process of the lab. */
  childrenOf(pid: number): readonly number[];
  /** Namespaces only: unplugs the host from the switch, and plugs it in again. */
  setLink(host: string, state: 'up' | 'down'): Promise<void>;
  /** Namespaces only: packets from one host to another vanish, one way. */
  setBlackhole(from: string, to: string, state: 'on' | 'off'): Promise<void>;
  /** Namespaces only: what the switch sends to a host is shaped to this rate (tbf); undefined = as fast as it goes. */
  setRate(host: string, kilobitPerSecond: number | undefined): Promise<void>;
  /**
   * Namespaces only: a small tmpfs over a directory, in the lab's own mount namespace, so that every daemon started
   * after it sees it.
   */
  mountTmpfs(
    path: string,
    options: { readonly sizeMegabytes: number; readonly owner: LabUser; readonly mode: number },
  ): Promise<void>;
  /** Namespaces only: no error when nothing is mounted there. */
  unmount(path: string): Promise<void>;
  /** Atomic, with owner and mode as a daemon needs them. */
  writeFile(path: string, content: string, options: { readonly owner: LabUser; readonly mode: number }): Promise<void>;
  /** A server certificate of the lab's own authority for a host, with the names and addresses of the one it has. */
  issueCertificate(
    host: string,
    validity: { readonly validFrom: Date; readonly validTo: Date },
  ): Promise<ServerIdentity>;
  /**
   * Starts a program on a host (in its network namespace) and leaves it running; `onLine` gets every line of its
   * stdout. `timeoutMs` bounds its whole life, unbounded unless said.
   */
  spawn(
    host: string,
    argv: readonly [string, ...string[]],
    options?: RunOptions & { readonly onLine?: (line: string) => void },
  ): RunningProgram;
  /** Waits until a condition holds, polling; rejects after the deadline with the last thing it said was missing. */
  until(what: string, condition: () => Promise<string | undefined>, timeoutMs: number): Promise<void>;
  readonly signalOfAbort: AbortSignal;
}

/** What the documents of this stack say must happen; shown by `lab break`. */
export interface Expectation {
  readonly text: string;
  /** Where it is written: `Patroni docs, DCS failsafe mode`, `reference/ha 4.2`. */
  readonly source: string;
}

/** One way to break the cluster, and to make it whole again. */
export interface Fault {
  /** `primary-postmaster-killed`: what is true once it is applied. */
  readonly id: string;
  readonly title: string;
  readonly needs: 'nothing' | 'root' | 'namespaces';
  readonly expected: readonly Expectation[];
  /** Returns what `heal` must remember, JSON only; `target` is a host name, chosen by the fault when absent. */
  apply(run: FaultRun, target: string | undefined): Promise<Readonly<Record<string, string>>>;
  /** Undoes it and waits until the part is well again; safe to call twice. */
  heal(run: FaultRun, state: Readonly<Record<string, string>>): Promise<void>;
}
