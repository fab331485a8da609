import { positionOfWal } from '@pgattest/connect';
import { backupFinding, type BackupFinding } from '../backup/finding.ts';
import type { CertificateCheck, CertificateFacts } from '../certificate/certificate.ts';
import type { RecoveryLog } from './recovery-log.ts';

export interface RecoveryExpectation {
  readonly repo: number;
  readonly label: string;
  /** The copy takes statements. */
  readonly isReady: boolean;
  readonly targetTime: string | undefined;
  /** The last archived segment that recovery from this backup must come to; undefined = not known. */
  readonly reachable: string | undefined;
}

/** What a recovery that ended proves, from the words of the server's log. */
export function judgeRecovery(
  log: RecoveryLog,
  expected: RecoveryExpectation,
): { readonly check: CertificateCheck; readonly facts: CertificateFacts; readonly findings: readonly BackupFinding[] } {
  const { repo, label, targetTime } = expected;
  const findings: BackupFinding[] = [];
  const subject = `repo${repo} ${label}`;
  const last = log.restoredSegments.at(-1);
  const complaint = log.lastComplaint === undefined ? '' : `; the last complaint was "${log.lastComplaint}"`;
  if (!expected.isReady) {
    const isTarget = log.fatal?.includes('before configured recovery target was reached') === true;
    const message = isTarget
      ? `the archive of repo${repo} ends before ${targetTime ?? 'the target'}: the last transaction in it is of ${log.lastTransaction ?? 'an unknown time'}${complaint}`
      : `recovery of backup ${label} failed: ${log.fatal ?? 'the server ended without a word'}${complaint}`;
    findings.push(backupFinding(isTarget ? 'target-not-reached' : 'recovery-failed', subject, message));
  } else if (targetTime === undefined && fellShort(last, expected.reachable)) {
    const message = `recovery of backup ${label} stopped after WAL ${last ?? 'none'} although repo${repo} holds ${expected.reachable ?? ''}${complaint}`;
    findings.push(backupFinding('recovery-fell-short', subject, message));
  }
  const facts: CertificateFacts = {
    ...(log.lastTransaction === undefined ? {} : { recoveredTime: log.lastTransaction }),
    ...(log.redoDone === undefined ? {} : { recoveredLsn: log.redoDone }),
    ...(log.newTimeline === undefined ? {} : { recoveredTimeline: log.newTimeline }),
  };
  const [first] = findings;
  const where = log.stopping ?? `at the end of WAL ${last ?? 'of the backup'}`;
  const check: CertificateCheck = {
    id: 'recovery',
    subject: label,
    outcome: first === undefined ? 'pass' : 'fail',
    detail: first?.message ?? `consistent, stopped ${where}`,
  };
  return { check, facts, findings };
}

/** Compares the positions of two segment names, whatever their timelines. */
function fellShort(last: string | undefined, reachable: string | undefined): boolean {
  if (reachable === undefined) return false;
  return last === undefined || last.slice(8) < reachable.slice(8);
}

/**
 * How far recovery came: the end of the last segment when it was read without a complaint, because what fills a segment
 * after a switch is no data; otherwise the last record. Shape: `0/F000000`.
 */
export function reachedLsn(log: RecoveryLog, segmentBytes: number | undefined): string | undefined {
  const last = log.restoredSegments.at(-1);
  if (last === undefined || segmentBytes === undefined || log.lastComplaint !== undefined) return log.redoDone;
  const position = positionOfWal(last, segmentBytes);
  if (position === undefined) return log.redoDone;
  const end = BigInt(position.segment + 1) * BigInt(segmentBytes);
  return `${(end / 2n ** 32n).toString(16)}/${(end % 2n ** 32n).toString(16)}`.toUpperCase();
}
