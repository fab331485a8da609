import type { CertificateFinding } from '../certificate/certificate.ts';

/** What a backup drill can find; a code is never reused for another meaning. */
export const findingCodes = [
  'repository-not-ok',
  'no-backup',
  'backup-missing',
  'backup-orphaned',
  'chain-broken',
  'backup-page-errors',
  'backup-file-corrupt',
  'backup-file-missing',
  'backup-file-size',
  'manifest-unreadable',
  'wal-segment-missing',
  'wal-segment-corrupt',
  'restore-failed',
  'recovery-failed',
  'target-not-reached',
  'recovery-fell-short',
] as const;
export type BackupFindingCode = (typeof findingCodes)[number];

/** A finding of a backup drill. */
export interface BackupFinding extends CertificateFinding {
  readonly code: BackupFindingCode;
}

/** Makes a finding. */
export const backupFinding = (code: BackupFindingCode, subject: string, message: string): BackupFinding => ({
  code,
  subject,
  message,
});
