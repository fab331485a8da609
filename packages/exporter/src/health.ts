import type { PgPool } from '@pgattest/connect';
import { failureOf } from './failure.ts';
import type { ScrapeReport } from './scrape-report.ts';

/** What the health routes answer with; the words are the body of the answer. */
export type HealthState = 'unknown' | 'down' | 'starting' | 'primary' | 'replica';

/** The question a health route asks: is it up at all, or in this role. */
export type HealthQuestion = 'up' | 'primary' | 'replica';

/**
 * Status of a health route, as load balancers expect it: 200 yes, 404 up but in the other role, 503 not up. Nothing
 * known yet is not up.
 */
export function healthStatus(state: HealthState, question: HealthQuestion): 200 | 404 | 503 {
  if (state !== 'primary' && state !== 'replica') return 503;
  return question === 'up' || question === state ? 200 : 404;
}

/** State that a scrape has just seen. */
export function healthOfReport(report: ScrapeReport): HealthState {
  if (report.areFactsCurrent && report.facts !== undefined) return report.facts.role;
  return report.failure?.class === 'starting' ? 'starting' : 'down';
}

/** How to watch a server. */
export interface HealthOptions {
  /** A pool of its own, so that a scrape that uses every session cannot make the server look down. */
  readonly pool: PgPool;
  readonly intervalMs: number;
  /** Deadline of one question, connecting included. */
  readonly timeoutMs: number;
  readonly onChange: (state: HealthState, before: HealthState) => void;
}

/** Watches one server in the background, so that health routes never wait for it. */
export interface HealthMonitor {
  readonly state: HealthState;
  /** A scrape knows better than the last question. */
  set(state: HealthState): void;
  close(): Promise<void>;
}

/** Asks whether the server is in recovery, every interval, from now until closed. */
export function startHealthMonitor(options: HealthOptions): HealthMonitor {
  const closing = new AbortController();
  let state: HealthState = 'unknown';
  let timer: NodeJS.Timeout | undefined;

  const set = (next: HealthState): void => {
    if (next === state || closing.signal.aborted) return;
    const before = state;
    state = next;
    options.onChange(next, before);
  };
  const ask = async (): Promise<void> => {
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(options.timeoutMs)]);
    try {
      set(await readRole(options.pool, signal, options.timeoutMs));
    } catch (error) {
      set(failureOf(error).class === 'starting' ? 'starting' : 'down');
    }
  };
  let asking = Promise.resolve();
  const turn = (): void => {
    asking = ask().finally(() => {
      if (!closing.signal.aborted) timer = setTimeout(turn, options.intervalMs);
    });
  };
  turn();

  return {
    get state() {
      return state;
    },
    set,
    async close() {
      closing.abort();
      clearTimeout(timer);
      await asking;
      await options.pool.close();
    },
  };
}

function readRole(pool: PgPool, signal: AbortSignal, timeoutMs: number): Promise<'primary' | 'replica'> {
  return pool.use(signal, async (session) => {
    const [row] = await session.rows('SELECT pg_catalog.pg_is_in_recovery() AS in_recovery', { signal, timeoutMs });
    return row?.['in_recovery'] === 't' ? 'replica' : 'primary';
  });
}
