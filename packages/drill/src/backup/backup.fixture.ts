import type { BackupInfo } from '@pgattest/connect';
import type { Repository } from './repository-info.ts';

/** A full backup with its WAL in one segment; tests change one thing. */
export const fullBackup = (label: string, changes: Partial<BackupInfo> = {}): BackupInfo => ({
  label,
  type: 'full',
  references: [],
  databaseId: 1,
  repoKey: 1,
  backrestVersion: '2.45',
  startSeconds: 1_795_305_510,
  stopSeconds: 1_795_305_512,
  wal: { start: '000000010000000000000002', stop: '000000010000000000000002' },
  lsn: { start: '0/2000028', stop: '0/2000100' },
  sizeBytes: 23_213_819,
  deltaBytes: 23_213_819,
  hasPageErrors: false,
  annotations: 0,
  ...changes,
});

/** A repository that is well. */
export const repositoryOf = (backups: readonly BackupInfo[], changes: Partial<Repository> = {}): Repository => ({
  repo: 1,
  cipher: 'none',
  code: 0,
  message: 'ok',
  backups,
  versions: new Map([[1, '15']]),
  ...changes,
});
