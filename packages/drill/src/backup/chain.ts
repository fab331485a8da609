import { backupFinding, type BackupFinding } from './finding.ts';
import type { Repository } from './repository-info.ts';

/** A label as pgBackRest makes it: `20261121-235830F`, `20261121-235830F_20261121-235836D`. */
const labelShape = /^(?<full>\d{8}-\d{6}F)(?:_\d{8}-\d{6}[DI])?$/;

/**
 * Whether every backup of a repository has all it is made of. `directories` are the names below `backup/<stanza>`, so
 * that what the repository holds is compared with what it says it holds.
 */
export function checkChains(repository: Repository, directories: readonly string[]): readonly BackupFinding[] {
  const { repo, backups } = repository;
  const listed = new Set(backups.map(({ label }) => label));
  const present = new Set(directories.filter((name) => labelShape.test(name)));
  const findings: BackupFinding[] = [];
  if (repository.code !== 0) {
    const message = `repo${repo} is not ok: ${repository.message} (${repository.code})`;
    findings.push(backupFinding('repository-not-ok', `repo${repo}`, message));
  }
  for (const backup of backups) {
    const subject = `repo${repo} ${backup.label}`;
    if (!present.has(backup.label)) {
      const message = `backup ${backup.label} is listed but its directory is gone from repo${repo}`;
      findings.push(backupFinding('backup-missing', subject, message));
    }
    const needed = new Set([...backup.references, ...(backup.prior === undefined ? [] : [backup.prior])]);
    const gone = [...needed].filter((label) => !listed.has(label) || !present.has(label));
    if (gone.length > 0) {
      const message = `${backup.type} backup ${backup.label} cannot be restored: it needs ${gone.join(' and ')}, gone from repo${repo}`;
      findings.push(backupFinding('chain-broken', subject, message));
    }
    if (backup.hasPageErrors === true) {
      const message = `page checksums failed while backup ${backup.label} was taken`;
      findings.push(backupFinding('backup-page-errors', subject, message));
    }
  }
  for (const label of present) {
    if (listed.has(label)) continue;
    const full = labelShape.exec(label)?.groups?.['full'] ?? label;
    const isChain = !present.has(full);
    const why = isChain ? `its full backup ${full} was expired or removed before it` : 'backup.info does not list it';
    const message = `backup ${label} lies in repo${repo} but cannot be restored: ${why}`;
    findings.push(backupFinding(isChain ? 'chain-broken' : 'backup-orphaned', `repo${repo} ${label}`, message));
  }
  if (backups.length === 0) {
    findings.push(backupFinding('no-backup', `repo${repo} backups`, `repo${repo} has no backup that can be restored`));
  }
  return findings;
}

/** Everything a backup is made of, oldest first, itself last. */
export const chainOf = (backup: {
  readonly label: string;
  readonly references: readonly string[];
}): readonly string[] => [...new Set([...backup.references.toSorted(), backup.label])];
