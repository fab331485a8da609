import type { VerifyReport } from '@pgattest/connect';
import { backupFinding, type BackupFinding, type BackupFindingCode } from './finding.ts';
import type { BackupManifest } from './manifest.ts';
import type { VerifyFault } from './verify-log.ts';

/** Files beyond this many of one backup are told as a number. */
const longestList = 20;

/**
 * What `verify` found, each file by name: which backup it lies in, which other backups need it, in which bundle it is.
 * Its report decides: a report that is not ok always gives a finding, also when the log names no file.
 */
export function verifyFindings(
  repo: number,
  report: VerifyReport,
  faults: readonly VerifyFault[],
  manifests: ReadonlyMap<string, BackupManifest>,
): readonly BackupFinding[] {
  const findings: BackupFinding[] = [];
  const perLabel = new Map<string, number>();
  for (const fault of faults) {
    const [label = '', ...rest] = fault.file.split('/');
    const stored = rest.join('/');
    const wal = /(?:^|\/)(?<name>[0-9A-F]{24})-[0-9a-f]{40}/.exec(fault.file)?.groups?.['name'];
    if (wal !== undefined) {
      const message = `WAL segment ${wal} in repo${repo} is bad: ${fault.what} (${fault.file})`;
      findings.push(backupFinding('wal-segment-corrupt', `repo${repo} ${label} ${wal}`, message));
      continue;
    }
    const seen = (perLabel.get(label) ?? 0) + 1;
    perLabel.set(label, seen);
    if (seen > longestList) continue;
    findings.push(fileFinding(repo, label, stored, fault.what, manifests));
  }
  for (const [label, seen] of perLabel) {
    if (seen <= longestList) continue;
    const message = `${seen - longestList} more files of backup ${label} in repo${repo} are bad`;
    findings.push(backupFinding('backup-file-corrupt', `repo${repo} ${label} …`, message));
  }
  if (report.isOk || findings.length > 0) return findings;
  const badBackups = report.backups.filter(({ status }) => status !== 'valid' && status !== 'in-progress');
  const badArchives = report.archives.filter(({ checked, valid }) => valid < checked);
  const named = [
    ...badBackups.map(({ label, status }) => {
      const message = `pgbackrest verify calls backup ${label} in repo${repo} ${status}`;
      const code = status.includes('manifest') ? 'manifest-unreadable' : 'backup-file-corrupt';
      return backupFinding(code, `repo${repo} ${label}`, message);
    }),
    ...badArchives.map(({ id, checked, valid }) => {
      const message = `pgbackrest verify calls ${checked - valid} of ${checked} WAL segments of ${id} in repo${repo} bad`;
      return backupFinding('wal-segment-corrupt', `repo${repo} ${id}`, message);
    }),
  ];
  if (named.length > 0) return named;
  const remarks = report.remarks.length === 0 ? 'without naming a backup' : report.remarks.join('; ');
  return [backupFinding('repository-not-ok', `repo${repo}`, `pgbackrest verify calls repo${repo} bad: ${remarks}`)];
}

function fileFinding(
  repo: number,
  label: string,
  stored: string,
  what: string,
  manifests: ReadonlyMap<string, BackupManifest>,
): BackupFinding {
  const own = manifests.get(label);
  const extension = own?.extension ?? '';
  const path = extension !== '' && stored.endsWith(extension) ? stored.slice(0, -extension.length) : stored;
  const bundle = own?.files.find((file) => file.path === path)?.bundle;
  const place = bundle === undefined ? '' : ` (bundle/${bundle.id} from byte ${bundle.offset})`;
  const needing = [...manifests].flatMap(([other, manifest]) =>
    other !== label && manifest.files.some((file) => file.path === path && file.reference === label) ? [other] : [],
  );
  const also = needing.length === 0 ? '' : `; ${needing.join(', ')} need${needing.length === 1 ? 's' : ''} it too`;
  const code: BackupFindingCode = what.includes('missing')
    ? 'backup-file-missing'
    : what.includes('size')
      ? 'backup-file-size'
      : 'backup-file-corrupt';
  const message = `${path} of backup ${label} in repo${repo} is bad: ${what}${place}${also}`;
  return backupFinding(code, `repo${repo} ${label} ${path}`, message);
}
