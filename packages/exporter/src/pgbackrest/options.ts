import type { Env, Logger } from '@pgattest/runtime';
import type { ServingOptions } from '../source-api.ts';

/** What to observe; every setting with a default may be left out. */
export interface BackrestSourceOptions {
  /** Where PATH, PGBACKREST_* and the like are looked up. */
  readonly env: Env;
  readonly logger: Logger;
  /** Program to run, a name on PATH or a path; pgbackrest. */
  readonly binary?: string;
  /** `--config` of pgBackRest; its own default. */
  readonly config?: string;
  /** `--config-include-path` of pgBackRest; its own default. */
  readonly configIncludePath?: string;
  /** Run pgBackRest as this user, which only root can ask for; as ourselves. */
  readonly user?: string;
  /** When not empty, the only stanzas to ask for. */
  readonly stanzaInclude?: readonly string[];
  /** Stanzas to leave out, also when they are included; none. */
  readonly stanzaExclude?: readonly string[];
  /** Only backups of this type (full, diff, incr; pgBackRest 2.38); all. */
  readonly backupType?: string;
  /** Count the databases of every backup; false. */
  readonly databaseCount?: boolean;
  /** Processes that count databases at a time; 1. */
  readonly databaseParallelProcesses?: number;
  /** Count the databases of the newest backups; false. */
  readonly databaseCountLatest?: boolean;
  /** Show how many backups of each type every backup refers to; false. */
  readonly referenceCount?: boolean;
  /** Fill the labels wal_min and wal_max; false. */
  readonly verboseWal?: boolean;
  /** Collect anything but the version; true. */
  readonly isCollectorEnabled?: boolean;
  /** Pause between two collections; 600000. */
  readonly collectIntervalMs?: number;
  /** Deadline of one pgBackRest process; 300000. */
  readonly timeoutMs?: number;
  /** Pause between two listings of the repositories, 0 = never; that of collections. */
  readonly walIntervalMs?: number;
  /** How long a segment may be missing between others before it is a gap; 60000. */
  readonly walGraceMs?: number;
  /** Pause between two runs of verify, 0 = never; 0. */
  readonly verifyIntervalMs?: number;
  /** Deadline of one verify of one repository; 21600000. */
  readonly verifyTimeoutMs?: number;
  /** PostgreSQL server whose archiving is compared with the repositories, or the way to read it; none. */
  readonly pgUrl?: string | (() => Promise<string>);
  /** File that declares when backups are due; none. */
  readonly scheduleFile?: string;
  /** Folder with certificates of restore drills; none. */
  readonly drillFolder?: string;
}

/** How to start the exporter. */
export type BackrestExporterOptions = Omit<BackrestSourceOptions, 'logger'> & ServingOptions;
