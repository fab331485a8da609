import type { StackRun } from './stack-run.ts';

/** A file the lab writes before a daemon starts; atomic, with the owner that the daemon needs. */
export interface LabFile {
  readonly path: string;
  readonly content: string;
  /** For example 0o600. */
  readonly mode: number;
  readonly owner: LabUser;
}

/** Who a process runs as when the lab itself is root; without root everything runs as the caller. */
export type LabUser = 'postgres' | 'etcd' | 'root';

/** One long-running process of the lab, as data: the supervisor writes its files, starts it and waits for it. */
export interface Daemon {
  /** `patroni@pg-test-1`, `haproxy@mon`; also the name of its log file. */
  readonly id: string;
  readonly component: string;
  /** Name of the host it runs on. */
  readonly host: string;
  readonly user: LabUser;
  readonly argv: readonly [string, ...string[]];
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** Made before the files, owned by `user`. */
  readonly directories: readonly { readonly path: string; readonly mode: number }[];
  readonly files: readonly LabFile[];
  /** SIGTERM unless said. */
  readonly stopSignal?: NodeJS.Signals;
  /** How long a stop may take before SIGKILL. */
  readonly stopMs: number;
  /** Undefined = ready; otherwise what is still missing, in words. Never throws for "not yet". */
  readonly ready: (run: StackRun) => Promise<string | undefined>;
}
