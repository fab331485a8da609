import type { BackupInfo, BackupType } from '@pgattest/connect';

/** The newest backups that serve as each type. */
export type LastBackups = Readonly<Record<BackupType, BackupInfo>>;

/** The types, in the order pgBackRest names them. */
export const backupTypes: readonly BackupType[] = ['full', 'diff', 'incr'];

const servesAs: Readonly<Record<BackupType, readonly BackupType[]>> = {
  full: ['full', 'diff', 'incr'],
  diff: ['diff', 'incr'],
  incr: ['incr'],
};

/** Whether a backup can stand for one of that type: a full is as good as a diff. */
export function doesServe(backup: BackupType, as: BackupType): boolean {
  return servesAs[backup].includes(as);
}

/** As pgbackrest_exporter does it: strictly newer ones win, and without a full there is nothing. */
export function findLastBackups(backups: readonly BackupInfo[]): LastBackups | undefined {
  const last = new Map<BackupType, BackupInfo>();
  let hasFull = false;
  for (const backup of backups) {
    if (backup.type === 'full') hasFull = true;
    for (const type of servesAs[backup.type]) {
      if (backup.stopSeconds > (last.get(type)?.stopSeconds ?? -Infinity)) last.set(type, backup);
    }
  }
  const [full, diff, incr] = backupTypes.map((type) => last.get(type));
  if (!hasFull || full === undefined || diff === undefined || incr === undefined) return undefined;
  return { full, diff, incr };
}

/** `y` where both block maps are known. */
export function blockIncremental({ repoSizeMapBytes, repoDeltaMapBytes }: BackupInfo): 'y' | 'n' {
  return repoSizeMapBytes !== undefined && repoDeltaMapBytes !== undefined ? 'y' : 'n';
}

/** How many backups of each type a backup refers to. */
export function referenceCounts({ references }: BackupInfo): Readonly<Record<BackupType, number>> {
  const count = (letter: string): number => references.filter((label) => label.endsWith(letter)).length;
  return { full: count('F'), diff: count('D'), incr: count('I') };
}
