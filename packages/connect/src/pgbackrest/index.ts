export { findAccount, findBinary, type Account } from './binary.ts';
export { runChild, type ChildOutcome, type ChildPlan } from './child-process.ts';
export { createBackrestRunner, type BackrestCall, type BackrestOptions, type BackrestRunner } from './command.ts';
export { findLastRun, readLastRun, type CommandRun } from './command-log.ts';
export { parseBackrestConfig, readBackrestConfig, type BackrestConfigFile, type ConfigPlace } from './config-file.ts';
export { settingsOf, stanzasOf, type RepositorySettings, type StanzaSettings } from './config.ts';
export * from './failure.ts';
export * from './info-model.ts';
export { parseBackrestInfo } from './info.ts';
export {
  countReadySegments,
  readBackupLock,
  readSpool,
  readStopFiles,
  type BackupLock,
  type SpoolState,
  type StopState,
} from './local-state.ts';
export { createRepositoryListingReader, type RepositoryEntry } from './repository-listing.ts';
export { parseVerifyReport, type VerifyReport } from './verify-report.ts';
export { parseBackrestVersion } from './version.ts';
export * from './wal-segment.ts';
