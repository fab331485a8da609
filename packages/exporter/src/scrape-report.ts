import type { Family } from '@pgattest/runtime';
import type { CollectorRecord, GoodResult } from './cache.ts';
import type { Failure } from './failure.ts';
import type { ServerFacts } from './facts.ts';
import type { Conflict } from './merge.ts';
import type { SkippedVariant } from './plan.ts';

/** One planned collector as a scrape left it. */
export interface CollectorReport {
  readonly id: string;
  readonly ttlMs: number;
  readonly record: CollectorRecord;
  /** False when the server was not up, so that nothing is known of this collector. */
  readonly wasAsked: boolean;
  /** What this scrape shows of it. */
  readonly shown: GoodResult | undefined;
  /** True when `shown` is kept although the collector fails. */
  readonly isStale: boolean;
  /** Why there is nothing new; undefined when all is well. */
  readonly failure: Failure | undefined;
}

/** Running totals of one server since the program started. */
export interface ServerTotals {
  readonly scrapes: number;
  readonly errors: number;
  readonly seconds: number;
}

/** Everything one scrape found out; immutable, rendered by self-families.ts and the routes. */
export interface ScrapeReport {
  /** The server answered and no fatal collector failed. */
  readonly isUp: boolean;
  /** Why it is not up. */
  readonly failure: Failure | undefined;
  /** What is known of the server, possibly from an earlier scrape. */
  readonly facts: ServerFacts | undefined;
  /** True when `facts` were read by this scrape. */
  readonly areFactsCurrent: boolean;
  readonly collectors: readonly CollectorReport[];
  /** One reason per collector of the catalogue that does not run on this server. */
  readonly unplanned: readonly SkippedVariant[];
  readonly families: readonly Family[];
  readonly conflicts: readonly Conflict[];
  readonly totals: ServerTotals;
  /** Series dropped since the program started, by collector. */
  readonly droppedSeries: Readonly<Record<string, number>>;
  /** Duration of this scrape. */
  readonly durationMs: number;
  /** Monotonic clock of the records, to tell ages. */
  readonly nowMs: number;
  /** Wall clock when the scrape began, unix seconds. */
  readonly beganAtSeconds: number;
}
