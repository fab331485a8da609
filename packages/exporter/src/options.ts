import type { AnyCollector } from '@pgattest/catalog';
import type { Env } from '@pgattest/runtime';
import type { ServingOptions } from './source-api.ts';

/** How to start the PostgreSQL exporter; every setting with a default may be left out. */
export interface PgExporterOptions extends ServingOptions {
  /** Server to observe: libpq URL or keyword form, or the way to read it, which is asked again at every scrape. */
  readonly url: string | (() => Promise<string>);
  /** Where PGHOST, PGPASSWORD, PGPASSFILE and the like are looked up; `{}` for none. */
  readonly env: Env;
  /** First word of the self metrics' names; pg. */
  readonly namespace?: string;
  /** Deadline to open a session; 1000. */
  readonly connectTimeoutMs?: number;
  /** Deadline of a statement that reads facts, and the least time any collector gets; 1000. */
  readonly queryTimeoutMs?: number;
  /** Deadline of one question of the health loop; 1000. */
  readonly healthTimeoutMs?: number;
  /** Visit the other databases of the server as well; true. */
  readonly autoDiscovery?: boolean;
  /** When not empty, the only other databases to visit. */
  readonly includeDatabases?: readonly string[];
  /** Databases not to visit; template0, template1 and postgres. The one of the URL is always read. */
  readonly excludeDatabases?: readonly string[];
  /** Words that decide which collectors run here; none. */
  readonly tags?: readonly string[];
  /** Most series of one collector in one database; 100000. */
  readonly maxSeriesPerCollector?: number;
  /** Leave out samples of NULL instead of exposing NaN; false. */
  readonly omitNullSamples?: boolean;
  /** Keep fractions of times that are values; false, as in pg_exporter. */
  readonly subSecondTimestamps?: boolean;
  /** Sessions that may exist at once, over all databases; 4. The health loop has one more. */
  readonly maxSessions?: number;
  /** Run every collector on every scrape; false. */
  readonly disableCache?: boolean;
  /** Leave out the self metrics; false. */
  readonly disableIntro?: boolean;
  /** Refuse to start when the server cannot be scraped; false. */
  readonly failFast?: boolean;
  /** What to collect, or the way to read it, which is asked again on reload; the catalogue's PostgreSQL collectors. */
  readonly collectors?: readonly AnyCollector[] | (() => Promise<readonly AnyCollector[]>);
  /** Ids of collectors that are off by default and shall run. */
  readonly enabledCollectors?: readonly string[];
  /** Ids of collectors that shall not run. */
  readonly disabledCollectors?: readonly string[];
}
