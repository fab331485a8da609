import type { PgPool, PgSession } from '@pgattest/connect';
import { failureOf, type Failure } from './failure.ts';
import type { PlannedCollector } from './plan.ts';
import { rowsToFamilies, type Conversion } from './rows.ts';

/** How one execution ended. */
export type Outcome =
  | { readonly ok: true; readonly conversion: Conversion; readonly durationMs: number }
  | { readonly ok: false; readonly failure: Failure; readonly durationMs: number };

/** Collectors to run, and what bounds them. */
export interface Batch {
  readonly pool: PgPool;
  readonly work: readonly PlannedCollector[];
  /** Sessions used at once. */
  readonly sessions: number;
  readonly signal: AbortSignal;
  /** Budget of one execution, kept by the session on both sides. */
  readonly budgetMs: (planned: PlannedCollector) => number;
  readonly started: (planned: PlannedCollector) => void;
  readonly finished: (planned: PlannedCollector, outcome: Outcome) => void;
  /** After a failure: whether the rest still makes sense. */
  readonly goOn: (planned: PlannedCollector, outcome: Outcome) => boolean;
}

/**
 * Runs collectors on a bounded number of sessions; each session takes the next one when it is free. Calls `finished`
 * once for every collector that could be tried or could not get a session; those left when the signal aborts are
 * not reported.
 */
export async function runCollectors(batch: Batch): Promise<void> {
  const queue = [...batch.work];
  const stop = new AbortController();
  const isOver = (): boolean => batch.signal.aborted || stop.signal.aborted;

  const takeTurns = async (session: PgSession): Promise<void> => {
    while (session.usable && !isOver()) {
      const next = queue.shift();
      if (next === undefined) return;
      batch.started(next);
      const outcome = await execute(session, next, batch);
      batch.finished(next, outcome);
      if (!outcome.ok && !batch.goOn(next, outcome)) stop.abort();
    }
  };
  const worker = async (): Promise<Failure | undefined> => {
    try {
      while (queue.length > 0 && !isOver()) await batch.pool.use(batch.signal, takeTurns);
      return undefined;
    } catch (error) {
      return failureOf(error);
    }
  };

  const workers = Array.from({ length: Math.min(batch.sessions, queue.length) }, worker);
  const [failure] = (await Promise.all(workers)).filter((result) => result !== undefined);
  if (failure === undefined || isOver()) return;
  for (const planned of queue) batch.finished(planned, { ok: false, failure, durationMs: 0 });
}

async function execute(session: PgSession, planned: PlannedCollector, batch: Batch): Promise<Outcome> {
  const began = performance.now();
  try {
    const within = { signal: batch.signal, timeoutMs: batch.budgetMs(planned) };
    const result = await session.query(planned.variant.sql, within);
    const conversion = rowsToFamilies(planned.collector, planned.variant, result);
    return { ok: true, conversion, durationMs: performance.now() - began };
  } catch (error) {
    return { ok: false, failure: failureOf(error), durationMs: performance.now() - began };
  }
}
