import { ConnectError, type PgPool, type PgSession } from '@pgattest/connect';
import { failureOf, type Failure } from './failure.ts';
import type { PlannedCollector } from './plan.ts';
import { findFalsePredicate, type PredicateMemory } from './predicates.ts';
import type { Conversion, ConversionRules } from './rows.ts';
import type { TopRows } from './top-rows.ts';

/** How one execution ended. `skippedBy` names the predicate that was not true. */
export type Outcome =
  | { readonly ok: true; readonly conversion: Conversion; readonly skippedBy?: string; readonly durationMs: number }
  | { readonly ok: false; readonly failure: Failure; readonly durationMs: number };

/** Collectors to run, and what bounds them. */
export interface Batch {
  readonly pool: PgPool;
  readonly work: readonly PlannedCollector[];
  /** Sessions used at once. */
  readonly sessions: number;
  readonly signal: AbortSignal;
  readonly predicates: PredicateMemory;
  /** How results become samples. */
  readonly rules: ConversionRules;
  /** Which rows of a result are shown. */
  readonly top: TopRows;
  /** Budget of one execution, kept by the session on both sides. */
  readonly budgetMs: (planned: PlannedCollector) => number;
  readonly started: (planned: PlannedCollector) => void;
  readonly finished: (planned: PlannedCollector, outcome: Outcome) => void;
  /** After a failure: whether the rest still makes sense. */
  readonly goOn: (planned: PlannedCollector, outcome: Outcome) => boolean;
}

const nothing: Conversion = Object.freeze({ families: [], unreadable: {}, missing: [], cut: 0, samples: 0 });

/**
 * Runs collectors on a bounded number of sessions; each session takes the next one when it is free. Calls `finished`
 * once for every collector that could be tried or could not get a session; those left when the signal aborts are
 * not reported.
 */
export async function runCollectors(batch: Batch): Promise<void> {
  const queue = [...batch.work];
  let isStopped = false;
  const isOver = (): boolean => isStopped || batch.signal.aborted;
  // Nobody waits for one more session when nothing is left to do on it.
  const waiting = new AbortController();
  const stopWaiting = (): void => waiting.abort('nothing is left to do');
  batch.signal.addEventListener('abort', stopWaiting);

  const takeTurns = async (session: PgSession): Promise<void> => {
    while (session.usable && !isOver()) {
      const next = queue.shift();
      if (queue.length === 0) stopWaiting();
      if (next === undefined) return;
      batch.started(next);
      const outcome = await execute(session, next, batch);
      batch.finished(next, outcome);
      if (outcome.ok || batch.goOn(next, outcome)) continue;
      isStopped = true;
      stopWaiting();
    }
  };
  const worker = async (): Promise<Failure | undefined> => {
    try {
      while (queue.length > 0 && !isOver()) await batch.pool.use(waiting.signal, takeTurns);
      return undefined;
    } catch (error) {
      return failureOf(error);
    }
  };

  const workers = Array.from({ length: Math.min(batch.sessions, queue.length) }, worker);
  const [failure] = (await Promise.all(workers)).filter((result) => result !== undefined);
  batch.signal.removeEventListener('abort', stopWaiting);
  if (failure === undefined || isOver()) return;
  for (const planned of queue) batch.finished(planned, { ok: false, failure, durationMs: 0 });
}

async function execute(session: PgSession, planned: PlannedCollector, batch: Batch): Promise<Outcome> {
  const { collector, variant } = planned;
  const began = performance.now();
  const durationMs = (): number => performance.now() - began;
  const budgetMs = batch.budgetMs(planned);
  /** Predicates and query share one budget. */
  const within = (): { readonly signal: AbortSignal; readonly timeoutMs: number } => {
    const { signal } = batch;
    if (collector.predicates === undefined) return { signal, timeoutMs: budgetMs };
    const leftMs = budgetMs - durationMs();
    if (leftMs <= 0) throw new ConnectError('timeout', `predicates of ${collector.id} took the whole ${budgetMs} ms`);
    return { signal, timeoutMs: leftMs };
  };
  try {
    const skippedBy = await findFalsePredicate(session, collector, batch.predicates, () => performance.now(), within);
    if (skippedBy !== undefined) return { ok: true, conversion: nothing, skippedBy, durationMs: durationMs() };
    const result = await session.query(variant.sql, within());
    const took = durationMs();
    return { ok: true, conversion: await batch.top.convert(planned, result, batch.rules), durationMs: took };
  } catch (error) {
    return { ok: false, failure: failureOf(error), durationMs: durationMs() };
  }
}
