import type { Family } from '@pgattest/runtime';
import type { Failure } from './failure.ts';
import type { TopCounts } from './top-k.ts';

/** The last result that was read completely. */
export interface GoodResult {
  readonly atMs: number;
  readonly families: readonly Family[];
  readonly samples: number;
  readonly unreadable: Readonly<Record<string, number>>;
  /** Metrics whose column the result does not have. */
  readonly missing: readonly string[];
  /** Series left out because the collector returned more than it may. */
  readonly cut: number;
  /** Of a collector of which not every row is shown. */
  readonly top?: TopCounts;
  /** The predicate that was not true, so that nothing was asked. */
  readonly skippedBy?: string;
}

/** The last failure, present only while the collector keeps failing. */
export interface FailedAttempt {
  readonly atMs: number;
  readonly failure: Failure;
  /** Failures in a row. */
  readonly consecutive: number;
  /** Not asked again before this. */
  readonly retryAtMs: number;
}

/** All that is remembered of one collector on one server. Times are of one monotonic clock, in milliseconds. */
export interface CollectorRecord {
  readonly good: GoodResult | undefined;
  readonly failed: FailedAttempt | undefined;
  /** Scrapes that wanted this collector, whether it ran or was replayed. */
  readonly total: number;
  /** Scrapes that got no new result, also while a failure is waited out, as in the exporter we replace. */
  readonly errors: number;
  /** Replays of a fresh result. */
  readonly hits: number;
  /** Scrapes without samples because a predicate was not true. */
  readonly skips: number;
  /** Duration of the last execution. */
  readonly durationMs: number;
}

/** A collector nobody asked yet. */
export const newRecord: CollectorRecord = Object.freeze({
  good: undefined,
  failed: undefined,
  total: 0,
  errors: 0,
  hits: 0,
  skips: 0,
  durationMs: 0,
});

/** `run` it, `replay` the fresh result, or `wait` because it failed a moment ago. */
export type CacheDecision = 'run' | 'replay' | 'wait';

/** Collectors with at least this ttl may be shown stale: sizes, yes; replication lag, never. */
const slowCollectorMs = 60_000;
const firstRetryMs = 1_000;

/**
 * Whether a collector has to run now. A result is fresh until half a scrape interval before its ttl ends: with ttl
 * and interval both 10 s, jitter would otherwise replay one scrape and read the next, and every rate() would saw.
 * A failure is not cached for the ttl; it is retried after 1, 2, 4 … seconds, at most the ttl.
 */
export function decide(record: CollectorRecord, ttlMs: number, slackMs: number, nowMs: number): CacheDecision {
  if (record.failed !== undefined) return nowMs >= record.failed.retryAtMs ? 'run' : 'wait';
  if (record.good === undefined) return 'run';
  return nowMs - record.good.atMs < ttlMs - Math.min(slackMs, ttlMs / 2) ? 'replay' : 'run';
}

/** Half the usual time between scrapes, from the beginnings of the last ones; 0 until two are known. */
export function slackFrom(beganAtMs: readonly number[]): number {
  const gaps = beganAtMs.slice(1).map((at, index) => at - (beganAtMs[index] ?? at));
  const sorted = gaps.toSorted((a, b) => a - b);
  return (sorted[Math.floor(sorted.length / 2)] ?? 0) / 2;
}

/** Remembers a complete result; ends a failure. */
export function afterSuccess(record: CollectorRecord, good: GoodResult, durationMs: number): CollectorRecord {
  const skips = record.skips + (good.skippedBy === undefined ? 0 : 1);
  return { ...record, good, failed: undefined, total: record.total + 1, skips, durationMs };
}

/** Remembers a failure next to the last good result, which may still be shown as stale. */
export function afterFailure(
  record: CollectorRecord,
  failure: Failure,
  attempt: { readonly atMs: number; readonly ttlMs: number; readonly durationMs: number },
): CollectorRecord {
  const consecutive = (record.failed?.consecutive ?? 0) + 1;
  const backoffMs = Math.min(attempt.ttlMs, firstRetryMs * 2 ** Math.min(consecutive - 1, 20));
  return {
    ...record,
    failed: { atMs: attempt.atMs, failure, consecutive, retryAtMs: attempt.atMs + backoffMs },
    total: record.total + 1,
    errors: record.errors + 1,
    durationMs: attempt.durationMs,
  };
}

/** Counts a scrape that was answered without running. */
export function afterReplay(record: CollectorRecord, decision: 'replay' | 'wait'): CollectorRecord {
  const counted = { ...record, total: record.total + 1 };
  if (decision === 'wait') return { ...counted, errors: record.errors + 1 };
  const skips = record.skips + (record.good?.skippedBy === undefined ? 0 : 1);
  return { ...counted, hits: record.hits + 1, skips };
}

/**
 * What a failing collector still has to show: the last good result of a slow one (ttl of a minute or more) until it
 * is two ttls old. A failing fast collector shows nothing, because alerts take its values for live.
 */
export function staleResult(record: CollectorRecord, ttlMs: number, nowMs: number): GoodResult | undefined {
  if (record.good === undefined || ttlMs < slowCollectorMs) return undefined;
  return nowMs - record.good.atMs <= 2 * ttlMs ? record.good : undefined;
}
