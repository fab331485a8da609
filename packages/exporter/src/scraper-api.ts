import type { AnyCollector } from '@pgattest/catalog';
import type { PgPool } from '@pgattest/connect';
import type { ServerFacts } from './facts.ts';
import type { Failure } from './failure.ts';
import type { PlanPolicy } from './plan.ts';
import type { ConversionRules } from './rows.ts';
import type { ScrapeReport } from './scrape-report.ts';
import type { Running } from './single-flight.ts';

/** Both clocks a scrape needs, in milliseconds. */
export interface Clock {
  /** Never goes back; ages and durations. */
  readonly monotonic: () => number;
  /** Since 1970; only for metrics that say when. */
  readonly wall: () => number;
}

/** One database to scrape and how. */
export interface ScraperOptions {
  readonly pool: PgPool;
  /** Its name until the server says it. */
  readonly database: string;
  /** Found on the server of the given database: collectors of the whole server do not run. */
  readonly isDiscovered: boolean;
  readonly collectors: () => readonly AnyCollector[];
  readonly policy: PlanPolicy;
  /** Deadline of each statement that reads facts. */
  readonly factsTimeoutMs: number;
  /** No collector gets less time than this, whatever the catalogue says. */
  readonly minimumBudgetMs: number;
  /** No collector gets more. */
  readonly maximumBudgetMs: number;
  /** How results become samples. */
  readonly rules: ConversionRules;
  readonly isCacheDisabled: boolean;
  readonly clock: Clock;
}

/** What a visit depends on besides its database. */
export interface VisitOptions {
  readonly signal: AbortSignal;
  /** Sessions used at once. */
  readonly sessions: () => number;
  /** Called when facts were read, again when they were read again. */
  readonly onFacts?: (facts: ServerFacts) => void;
  /** Half the usual time between scrapes. */
  readonly slackMs: number;
  /** What is known of the server from another of its databases: with it, a visit for nothing is spared. */
  readonly server?: ServerFacts;
}

/** Scrapes one database, one visit at a time. */
export interface DatabaseScraper {
  readonly database: string;
  /** Begins a visit. `done` never rejects for a failing server. */
  begin(options: VisitOptions): Running<ScrapeReport>;
  /** What is known without a visit. */
  report(failure: Failure | undefined): ScrapeReport;
  /** Forgets every result, so that the next visit reads everything anew; counters stay. */
  forget(): void;
  /** Later sessions are new ones; settles when the idle ones are gone. */
  renew(): Promise<void>;
  close(): Promise<void>;
}
