import type { CollectorRecord, GoodResult } from './cache.ts';
import type { Failure } from './failure.ts';
import type { ServerFacts } from './facts.ts';
import type { Merged } from './merge.ts';
import type { Plan, SkippedVariant } from './plan.ts';

/** One planned collector as a scrape left it. */
export interface CollectorReport {
  readonly id: string;
  readonly branch: string;
  readonly ttlMs: number;
  readonly hasPredicates: boolean;
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

/** Running totals of one database since the program started. */
export interface ServerTotals {
  readonly scrapes: number;
  readonly errors: number;
  readonly seconds: number;
}

/** What one scrape found out in one database; immutable. */
export interface ScrapeReport {
  /** As the server calls it, or as configured before the server said. */
  readonly database: string;
  /** The database answered and no fatal collector failed. */
  readonly isUp: boolean;
  /** Why it is not up. */
  readonly failure: Failure | undefined;
  /** What is known of the server, possibly from an earlier scrape. */
  readonly facts: ServerFacts | undefined;
  /** True when `facts` were read by this scrape. */
  readonly areFactsCurrent: boolean;
  readonly plan: Plan | undefined;
  readonly collectors: readonly CollectorReport[];
  /** One reason per collector of the catalogue that does not run here. */
  readonly unplanned: readonly SkippedVariant[];
  readonly totals: ServerTotals;
  /** Duration of this scrape. */
  readonly durationMs: number;
  /** Monotonic clock of the records, to tell ages. */
  readonly nowMs: number;
  /** Wall clock when the scrape began, unix seconds. */
  readonly beganAtSeconds: number;
}

/** Everything one scrape found out; rendered by self-families.ts and the routes. */
export interface InstanceReport {
  /** The given database: it decides whether the server is up. */
  readonly main: ScrapeReport;
  /** Other databases of the server, by name. */
  readonly databases: readonly ScrapeReport[];
  /** What may be exposed; undefined until everything has settled. */
  readonly merged: Merged | undefined;
  /** Series dropped since the program started, by `dropKey`. */
  readonly droppedSeries: ReadonlyMap<string, number>;
  /** Duration of the whole scrape. */
  readonly durationMs: number;
}

/** Key of a collector of a database. */
export function dropKey(database: string, collector: string): string {
  return JSON.stringify([database, collector]);
}
