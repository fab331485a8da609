import type { Family, ListenAddress, Logger } from '@pgattest/runtime';
import type { HealthState } from './health-state.ts';
import type { Patience } from './single-flight.ts';

/** What of a scrape is the same for every caller who shares it; its text is written once for each such object. */
export interface Collected {
  readonly families: readonly Family[];
}

/** One scrape, ready to be exposed. */
export interface SourceReport {
  /** What the exporter says of itself and of this scrape, first on the page; empty when self metrics are off. */
  readonly self: readonly Family[];
  readonly collected: Collected;
}

/**
 * What an exporter observes: one PostgreSQL server, one PgBouncer, the repositories of one host. The shell of
 * `serveExporter` knows nothing else of it. Nothing here throws or rejects for an observed system that is down.
 */
export interface ExporterSource {
  /** Undefined when the caller went away. Answers within the caller's patience with what is known then. */
  scrape(patience: Patience): Promise<SourceReport | undefined>;
  /** What is collected and what is not, with the reason, as text for people; undefined while that is not known. */
  explain(): string | undefined;
  /** How the collectors did, as one table of text; undefined before the first scrape. */
  stat(): string | undefined;
  /** The same with every reason, as one JSON document with `schemaVersion`, ending in a newline. */
  status(): string;
  /** Forgets every result, so that the next scrape reads everything anew; counters stay. */
  forget(): void;
  /** Ends running work, and with it every session and child process. */
  close(): Promise<void>;
}

/** The source of /metrics: the one whose health is asked for and whose configuration can be read again. */
export interface MainSource extends ExporterSource {
  /** Answered at once, from what a loop in the background or the last scrape has seen. */
  readonly health: () => HealthState;
  /** Reads configuration again; rejects, and changes nothing, when it cannot be used. `forget` is called after it. */
  readonly reload: () => Promise<void>;
}

/** One line of the page at `/`. */
export interface PageLink {
  readonly path: string;
  readonly what: string;
}

/** An exporter before it serves. */
export interface ExporterApplication {
  /** `pg_exporter`: on the page at `/` and in /version. */
  readonly program: string;
  readonly source: MainSource;
  /** What /health, /primary and /replica say here, for the page at `/`. */
  readonly healthLinks: readonly PageLink[];
  /** Makes the source of a target of /probe; absent = this exporter has none. Errors: config_invalid for its text. */
  readonly openTarget?: (target: string) => Promise<ExporterSource>;
}

/** How to serve; every setting with a default may be left out. */
export interface ServingOptions {
  /** Where to serve; the exporter's usual port on 127.0.0.1. */
  readonly listen?: readonly ListenAddress[];
  /** Descriptors of sockets that listen already, served besides `listen`; none. */
  readonly inheritedSockets?: readonly number[];
  /** How many following ports to try when one is taken; 0. */
  readonly portFallback?: number;
  /** TLS, client certificates, users, headers and rate limit, in the form of Prometheus' exporters; none. */
  readonly webConfigFile?: string;
  /** Take GET /reload for a reload, as pg_exporter does; false, as anybody can make a browser send it. */
  readonly reloadOnGet?: boolean;
  /** Path of the metrics; /metrics. */
  readonly telemetryPath?: string;
  /** Added to every series, for example `{ cls: 'pg-demo', ins: 'pg-demo-1' }`; none. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Longest scrape, when the scraper does not ask for less; 10000. */
  readonly scrapeTimeoutMs?: number;
  /** File that names the targets of /probe?target=NAME, `targets: {name: text}`; none. */
  readonly probeTargetsFile?: string;
  readonly logger: Logger;
}

/** An exporter that serves. */
export interface ServedExporter {
  /** Where it really listens. */
  readonly addresses: readonly ListenAddress[];
  readonly isTls: boolean;
  /** Reads again what may have changed and forgets every cached result. Rejects, and changes nothing, when it cannot. */
  readonly reload: () => Promise<void>;
  /** Answers what it is answering, then closes every source. */
  close(): Promise<void>;
}
