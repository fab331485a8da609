import type { Topology } from './topology.ts';
import type { LabUser } from './daemon.ts';

export interface RunOptions {
  readonly user?: LabUser;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** SIGKILL to the whole process group after it; 10 s unless said. */
  readonly timeoutMs?: number;
}

export interface RunResult {
  /** Undefined when it was killed. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** What readiness probes and faults may do in a running stack; every call has a deadline. */
export interface StackRun {
  readonly topology: Topology;
  /** Directory of a host: `<lab>/<host>`. Its data directory is `data` in it, its socket directory `sock`. */
  directoryOf(host: string): string;
  /** Runs a program on a host (in its network namespace) to its end. Rejects only when it cannot be started. */
  run(host: string, argv: readonly [string, ...string[]], options?: RunOptions): Promise<RunResult>;
  /** From the monitoring host. Undefined = no answer. */
  http(
    url: string,
    options?: {
      readonly method?: string;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly timeoutMs?: number;
    },
  ): Promise<HttpAnswer | undefined>;
  /** As the superuser over the Unix socket of a member, by psql; rows of text. Rejects with the server's words. */
  sql(
    member: string,
    statement: string,
    options?: { readonly database?: string; readonly timeoutMs?: number },
  ): Promise<readonly (readonly string[])[]>;
  /** Patroni's REST API of a member with the lab's credentials; undefined = no answer. */
  patroni(member: string, method: string, path: string, body?: unknown): Promise<HttpAnswer | undefined>;
  /** Name of the member of the main cluster whose PostgreSQL is writable and which holds the leader lock. */
  findPrimary(): Promise<string | undefined>;
}
