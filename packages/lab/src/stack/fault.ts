import type { StackRun } from './stack-run.ts';

/** A daemon of the stack under the hands of a fault. */
export interface DaemonHandle {
  readonly id: string;
  /** Undefined = not running. */
  readonly pid: number | undefined;
  /** To the process itself; PostgreSQL is no child of Patroni's process group, see `postmasterOf`. */
  signal(signal: NodeJS.Signals): void;
  stop(): Promise<void>;
  /** Starts it again and waits until it is ready. */
  start(): Promise<void>;
}

/** What a fault works with. */
export interface FaultRun extends StackRun {
  daemon(id: string): DaemonHandle;
  /** All daemons of a host. */
  daemonsOf(host: string): readonly DaemonHandle[];
  /** Line 1 of postmaster.pid; undefined when no such process lives. */
  postmasterOf(member: string): number | undefined;
  /** A process of the lab by pid: PostgreSQL's own children, for SIGSTOP of a walreceiver. */
  signal(pid: number, signal: NodeJS.Signals): void;
  /** Namespaces only: unplugs the host from the switch, and plugs it in again. */
  setLink(host: string, state: 'up' | 'down'): Promise<void>;
  /** Namespaces only: packets from one host to another vanish, one way. */
  setBlackhole(from: string, to: string, state: 'on' | 'off'): Promise<void>;
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
