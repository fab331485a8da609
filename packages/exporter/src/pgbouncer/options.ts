import type { AnyCollector } from '@pgattest/catalog';
import type { Env } from '@pgattest/runtime';
import type { ServingOptions } from '../source-api.ts';

/** How to start the PgBouncer exporter; every setting with a default may be left out. */
export interface PgbouncerExporterOptions extends ServingOptions {
  /** Console to observe: libpq URL or keyword form, or the way to read it, which is asked again at every scrape. */
  readonly url: string | (() => Promise<string>);
  /** Where PGHOST, PGPASSWORD, PGPASSFILE and the like are looked up; `{}` for none. */
  readonly env: Env;
  /** First word of the self metrics' names; pgbouncer. */
  readonly namespace?: string;
  /** Deadline to open a session; 1000. */
  readonly connectTimeoutMs?: number;
  /** Least time any command gets; 1000. */
  readonly commandTimeoutMs?: number;
  /** Deadline of one question of the health loop; 1000. */
  readonly healthTimeoutMs?: number;
  /** Words that decide which collectors run here; none. */
  readonly tags?: readonly string[];
  /** Application names of clients shown by their name; 20. The others are `other`. */
  readonly maxApplications?: number;
  /** Combinations of labels of clients, servers and users shown one by one; 500. */
  readonly maxSeries?: number;
  /** Show numeric columns that no collector knows as pgbouncer_unknown_column_value; false. */
  readonly unknownColumns?: boolean;
  /** Leave out samples of NULL of collectors of users; false. */
  readonly omitNullSamples?: boolean;
  /** Run every collector on every scrape; false. */
  readonly disableCache?: boolean;
  /** Leave out the self metrics; false. */
  readonly disableIntro?: boolean;
  /** Refuse to start when the console cannot be scraped; false. */
  readonly failFast?: boolean;
  /** Pid file of PgBouncer, for its process metrics; none. */
  readonly pidFile?: string;
  /** Collectors that take the place of the built-in ones of their id, or the way to read them; none. */
  readonly collectors?: readonly AnyCollector[] | (() => Promise<readonly AnyCollector[]>);
  /** Ids of collectors that are off by default and shall run. */
  readonly enabledCollectors?: readonly string[];
  /** Ids of collectors that shall not run. */
  readonly disabledCollectors?: readonly string[];
}
