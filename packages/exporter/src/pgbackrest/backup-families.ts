import { backrestBackupMetrics as names, backrestNewestMetrics as newest } from '@pgattest/catalog';
import type { BackupInfo, StanzaInfo } from '@pgattest/connect';
import { backupKey } from './count-databases.ts';
import { flag, type FamilyCollection } from './families.ts';
import { repositoryKeysOf } from './known-stanza.ts';
import { backupTypes, blockIncremental, referenceCounts } from './last-backups.ts';
import type { BackrestState, ShowOptions } from './state.ts';

/** One series of everything for each completed backup. */
export function putBackups(families: FamilyCollection, state: BackrestState, options: ShowOptions): void {
  for (const { info } of state.info.stanzas.values()) {
    for (const backup of info.backups) putBackup(families, info, backup, state, options);
    putNewest(families, info);
  }
}

function putBackup(
  families: FamilyCollection,
  stanza: StanzaInfo,
  backup: BackupInfo,
  state: BackrestState,
  options: ShowOptions,
): void {
  const labels = {
    backup_name: backup.label,
    backup_type: backup.type,
    block_incr: blockIncremental(backup),
    database_id: String(backup.databaseId),
    repo_key: String(backup.repoKey),
    stanza: stanza.name,
  };
  const database = stanza.databases.find(({ id, repoKey }) => id === backup.databaseId && repoKey === backup.repoKey);
  families.put(
    names.backrestBackupInfo,
    {
      ...labels,
      backrest_ver: backup.backrestVersion,
      lsn_start: backup.lsn?.start ?? '-',
      lsn_stop: backup.lsn?.stop ?? '-',
      pg_version: database?.version ?? '',
      prior: backup.prior ?? '',
      wal_start: backup.wal?.start ?? '',
      wal_stop: backup.wal?.stop ?? '',
    },
    1,
  );
  const times = { start_time: localTime(backup.startSeconds), stop_time: localTime(backup.stopSeconds) };
  const seconds = backup.stopSeconds - backup.startSeconds;
  families.put(names.backrestBackupDurationSeconds, { ...labels, ...times }, seconds);
  families.put(names.backrestBackupSizeBytes, labels, backup.sizeBytes);
  families.put(names.backrestBackupDeltaBytes, labels, backup.deltaBytes);
  families.put(names.backrestBackupRepoSizeBytes, labels, backup.repoSizeBytes ?? 0);
  families.put(names.backrestBackupRepoDeltaBytes, labels, backup.repoDeltaBytes ?? 0);
  families.put(names.backrestBackupRepoSizeMapBytes, labels, backup.repoSizeMapBytes ?? 0);
  families.put(names.backrestBackupRepoDeltaMapBytes, labels, backup.repoDeltaMapBytes ?? 0);
  families.put(names.backrestBackupErrorStatus, labels, flag(backup.hasPageErrors === true));
  families.put(names.backrestBackupAnnotations, labels, backup.annotations);
  if (options.referenceCount) {
    const counts = referenceCounts(backup);
    for (const type of backupTypes) {
      families.put(names.backrestBackupReferences, { ...labels, ref_backup: type }, counts[type]);
    }
  }
  if (options.databaseCount) {
    families.putKnown(names.backrestBackupDatabases, labels, state.databases.get(backupKey(stanza.name, backup)));
  }
}

function putNewest(families: FamilyCollection, stanza: StanzaInfo): void {
  for (const repoKey of repositoryKeysOf(stanza)) {
    for (const type of backupTypes) {
      const labels = { stanza: stanza.name, repo_key: String(repoKey), backup_type: type };
      const stops = stanza.backups
        .filter((backup) => backup.type === type && backup.repoKey === repoKey)
        .map(({ stopSeconds }) => stopSeconds);
      // What a repository that cannot be read holds is unknown, unless it was read before.
      const isUnread = stanza.repositories.some(({ key, code }) => key === repoKey && code === 99);
      if (stops.length > 0 || !isUnread) families.put(newest.backrestBackupCount, labels, stops.length);
      if (stops.length === 0) continue;
      families.put(newest.backrestNewestStopTimestampSeconds, labels, Math.max(...stops));
      families.put(newest.backrestOldestStopTimestampSeconds, labels, Math.min(...stops));
    }
  }
}

/** `2026-11-21 19:02:42` in the time zone of this process. */
export function localTime(seconds: number): string {
  const date = new Date(seconds * 1000);
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
