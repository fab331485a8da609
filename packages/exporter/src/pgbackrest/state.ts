import type { BackrestConfigFile, StanzaSettings } from '@pgattest/connect';
import type { ArchiverState } from './archiver.ts';
import type { InfoState } from './collect-info.ts';
import type { LocalStanza } from './collect-local.ts';
import type { VerifyState } from './collect-verify.ts';
import type { WalState } from './collect-wal.ts';
import type { DatabaseCounts } from './count-databases.ts';
import type { DrillStanding } from './drill-certificates.ts';
import type { Schedule } from './schedule-file.ts';

/** Everything that has been collected: immutable, replaced as a whole, so that a scrape never sees half of a collection. */
export interface BackrestState {
  /** pgBackRest's version as a number; undefined when it could not be run. */
  readonly version: number | undefined;
  readonly info: InfoState;
  readonly databases: DatabaseCounts;
  /** Undefined while no listing has succeeded, or listing is off. */
  readonly wal: WalState | undefined;
  /** As of just before the listing. */
  readonly archiver: ArchiverState | undefined;
  readonly verify: VerifyState;
  /** Undefined while the configuration cannot be read. */
  readonly config: BackrestConfigFile | undefined;
  readonly settings: readonly StanzaSettings[];
  readonly local: readonly LocalStanza[];
  readonly schedule: Schedule | undefined;
  readonly drills: readonly DrillStanding[];
}

/** What to show of it. */
export interface ShowOptions {
  readonly referenceCount: boolean;
  readonly verboseWal: boolean;
  readonly databaseCount: boolean;
  readonly databaseCountLatest: boolean;
  readonly walGraceSeconds: number;
}
