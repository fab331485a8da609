import { parseVerifyReport } from '@pgattest/connect';
import { DrillError } from '../errors.ts';
import type { BackupFinding } from './finding.ts';
import type { BackupManifest } from './manifest.ts';
import { lastErrorOf, runPgbackrest, type PgbackrestOptions, type PgbackrestTarget } from './pgbackrest.ts';
import { verifyFindings } from './verify-findings.ts';
import { parseVerifyLog } from './verify-log.ts';

/** What reading every byte of a repository found. */
export interface Verification {
  readonly findings: readonly BackupFinding[];
  /** `4 backups, 2900 files, 13 WAL segments` */
  readonly summary: string;
  /** Its text, for the evidence. */
  readonly text: string;
}

/**
 * Runs `pgbackrest verify` on one repository and reads what it says: its exit status is 0 whatever it found. Errors:
 * program_failed; unfinished when it gives no verdict.
 */
export async function verifyRepository(
  target: PgbackrestTarget,
  repo: number,
  manifests: ReadonlyMap<string, BackupManifest>,
  options: PgbackrestOptions,
): Promise<Verification> {
  const args = ['verify', `--repo=${repo}`, '--output=text', '--verbose'] as const;
  const { code, stdout, stderr } = await runPgbackrest(target, args, { ...options, logLevel: 'detail' });
  if (code !== 0) {
    throw new DrillError('program_failed', `pgbackrest verify ended with ${String(code)}: ${lastErrorOf(stderr)}`);
  }
  const report = parseVerifyReport(stdout);
  if (!report.ok) throw new DrillError('unfinished', report.failure.message);
  const { backups, archives } = report.value;
  const files = backups.reduce((sum, { checked }) => sum + checked, 0);
  const segments = archives.reduce((sum, { checked }) => sum + checked, 0);
  return {
    findings: verifyFindings(repo, report.value, parseVerifyLog(stderr), manifests),
    summary: `${backups.length} backups, ${files} files, ${segments} WAL segments`,
    text: stdout,
  };
}
