import type { PgSession } from '@pgattest/connect';
import { waitFor, type DemoCluster, type DemoNode } from '@pgattest/lab';
import { applicationName, openSession, within } from './postgres-session.ts';

/** What is under way until it is ended. */
export interface Trouble {
  end(): Promise<void>;
}

/**
 * Opens sessions as the superuser on database `app` that may write and wait, runs their statements, and leaves the last
 * statement of `leave` running. Whatever fails, `end` closes all of them.
 */
export class Sessions implements Trouble {
  readonly #dsn: string;
  readonly #admin: ReturnType<DemoCluster['admin']>;
  readonly #sessions: PgSession[] = [];
  readonly #stop = new AbortController();
  readonly #work: Promise<unknown>[] = [];

  constructor(cluster: DemoCluster, node: DemoNode) {
    this.#dsn = cluster.dsn(node, 'superuser');
    this.#admin = cluster.admin(node);
  }

  /** A session in which these statements have run. */
  async run(...statements: readonly string[]): Promise<PgSession> {
    const session = await openSession(this.#dsn, 'app');
    this.#sessions.push(session);
    for (const sql of ['SET default_transaction_read_only = off', 'SET lock_timeout = 0', ...statements]) {
      await session.query(sql, { signal: within() });
    }
    return session;
  }

  /** The same, with one statement more that is not waited for. */
  async leave(statement: string, ...before: readonly string[]): Promise<void> {
    const session = await this.run('SET statement_timeout = 0', ...before);
    this.#work.push(session.query(statement, { signal: this.#stop.signal }).catch(() => undefined));
  }

  async end(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#work);
    await Promise.all(this.#sessions.map(async (session) => session.close()));
    // The server rolls back and ends them in its own time; the next test counts whoever is left.
    await until(async () => {
      const ours = `SELECT 1 FROM pg_stat_activity WHERE usename = 'postgres' AND application_name = '${applicationName}'`;
      return (await this.#admin.rows(ours)).length === 0;
    }, 'sessions of the test do not end');
  }
}

/** Asks until the answer is yes. */
export async function until(question: () => Promise<boolean>, otherwise: string): Promise<void> {
  const done = await waitFor(async () => ((await question()) ? true : undefined), { timeoutMs: 120_000, everyMs: 50 });
  if (done === undefined) throw new Error(otherwise);
}
