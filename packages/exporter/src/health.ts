import type { PgPool } from '@pgattest/connect';
import { failureOf } from './failure.ts';
import type { HealthState } from './health-state.ts';
import type { ScrapeReport } from './scrape-report.ts';

/**
 * State that a scrape has just seen; undefined when it saw none. A scrape that ran out of its caller's time or found
 * no free connection says nothing about the server, and must not take it out of a load balancer.
 */
export function healthOfReport({ areFactsCurrent, facts, failure }: ScrapeReport): HealthState | undefined {
  if (areFactsCurrent && facts !== undefined) return facts.role;
  if (failure?.class === 'starting') return 'starting';
  return failure?.class === 'unreachable' ? 'down' : undefined;
}

/** So many questions in a row must time out: a busy server may take longer than one for once. */
const timeoutsToBeDown = 2;

/** A refused password is not tried every second: servers log, delay and lock out. */
const refusedIntervalMs = 15_000;

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
  let timeouts = 0;

  const set = (next: HealthState): void => {
    if (next === state || closing.signal.aborted) return;
    const before = state;
    state = next;
    options.onChange(next, before);
  };
  /** Asks once; how long to wait before asking again. */
  const ask = async (): Promise<number> => {
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(options.timeoutMs)]);
    try {
      set(await readRole(options.pool, signal, options.timeoutMs));
      timeouts = 0;
    } catch (error) {
      const { class: reason } = failureOf(error);
      timeouts = reason === 'timeout' ? timeouts + 1 : 0;
      if (timeouts > 0 && timeouts < timeoutsToBeDown) return 0;
      set(reason === 'starting' ? 'starting' : 'down');
      if (reason === 'auth_failed') return Math.max(options.intervalMs, refusedIntervalMs);
    }
    return options.intervalMs;
  };
  let asking = Promise.resolve();
  const turn = (): void => {
    asking = ask().then((waitMs) => {
      if (!closing.signal.aborted) timer = setTimeout(turn, waitMs);
      return undefined;
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
