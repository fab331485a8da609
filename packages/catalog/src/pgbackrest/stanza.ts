import { defineMetric, gauge, state } from '../model.ts';

const codes = {
  0: 'ok',
  1: 'missing stanza path',
  2: 'no valid backups',
  3: 'missing stanza data',
  4: 'different across repositories',
  5: 'database mismatch across repositories',
  6: 'requested backup not found',
  99: 'other',
};
const locked = 'what a lock on this host tells; one of another host is invisible';

/** Stanzas, repositories and WAL as `info` sees them: names, labels and values of pgbackrest_exporter 0.23 and later. */
export const backrestStanzaMetrics = Object.freeze({
  backrestStanzaStatus: defineMetric('pgbackrest_stanza_status', state('Status of the stanza', codes), ['stanza']),
  backrestStanzaBackupLockStatus: defineMetric(
    'pgbackrest_stanza_backup_lock_status',
    gauge('bool', `Whether a backup, expire or stanza command runs: ${locked}`),
    ['stanza'],
  ),
  backrestStanzaBackupTotalBytes: defineMetric(
    'pgbackrest_stanza_backup_total_bytes',
    gauge('bytes', 'Bytes the running backup has to copy, 0 before pgBackRest 2.48'),
    ['stanza'],
  ),
  backrestStanzaBackupCompleteBytes: defineMetric(
    'pgbackrest_stanza_backup_complete_bytes',
    gauge('bytes', 'Bytes the running backup has copied, 0 before pgBackRest 2.48'),
    ['stanza'],
  ),
  backrestStanzaBackupRepoTotalBytes: defineMetric(
    'pgbackrest_stanza_backup_repo_total_bytes',
    gauge('bytes', 'Bytes the running backup has to copy into this repository, 0 before pgBackRest 2.59'),
    ['repo_key', 'stanza'],
  ),
  backrestStanzaBackupRepoCompleteBytes: defineMetric(
    'pgbackrest_stanza_backup_repo_complete_bytes',
    gauge('bytes', 'Bytes the running backup has copied into this repository, 0 before pgBackRest 2.59'),
    ['repo_key', 'stanza'],
  ),
  backrestStanzaRestoreLockStatus: defineMetric(
    'pgbackrest_stanza_restore_lock_status',
    gauge('bool', 'Whether a restore runs on this host, 0 before pgBackRest 2.56'),
    ['stanza'],
  ),
  backrestStanzaRestoreTotalBytes: defineMetric(
    'pgbackrest_stanza_restore_total_bytes',
    gauge('bytes', 'Bytes the running restore has to copy, 0 before pgBackRest 2.56'),
    ['stanza'],
  ),
  backrestStanzaRestoreCompleteBytes: defineMetric(
    'pgbackrest_stanza_restore_complete_bytes',
    gauge('bytes', 'Bytes the running restore has copied, 0 before pgBackRest 2.56'),
    ['stanza'],
  ),
  backrestRepoStatus: defineMetric('pgbackrest_repo_status', state('Status of the repository for the stanza', codes), [
    'cipher',
    'repo_key',
    'stanza',
  ]),
  backrestWalArchiveStatus: defineMetric(
    'pgbackrest_wal_archive_status',
    gauge('bool', 'Whether the repository holds any WAL of this database; it says nothing of gaps or age'),
    ['database_id', 'pg_version', 'repo_key', 'stanza', 'wal_max', 'wal_min'],
  ),
  backrestVersionInfo: defineMetric(
    'pgbackrest_version_info',
    gauge('id', 'Version of pgBackRest as a number (2057000), 0 when it cannot be run'),
  ),
});

/** Former names of pgbackrest_exporter, which dashboards still read. */
export const backrestFormerMetrics = Object.freeze({
  backrestStanzaLockStatus: defineMetric(
    'pgbackrest_stanza_lock_status',
    gauge('bool', 'Former name of pgbackrest_stanza_backup_lock_status'),
    ['stanza'],
  ),
  backrestStanzaBackupCompeteBytes: defineMetric(
    'pgbackrest_stanza_backup_compete_bytes',
    gauge('bytes', 'Former name of pgbackrest_stanza_backup_complete_bytes'),
    ['stanza'],
  ),
  backrestFullSinceLastCompletionSeconds: defineMetric(
    'pgbackrest_backup_full_since_last_completion_seconds',
    gauge('seconds', 'Former name of pgbackrest_backup_since_last_completion_seconds for full'),
    ['stanza'],
  ),
  backrestDiffSinceLastCompletionSeconds: defineMetric(
    'pgbackrest_backup_diff_since_last_completion_seconds',
    gauge('seconds', 'Former name of pgbackrest_backup_since_last_completion_seconds for diff'),
    ['stanza'],
  ),
  backrestIncrSinceLastCompletionSeconds: defineMetric(
    'pgbackrest_backup_incr_since_last_completion_seconds',
    gauge('seconds', 'Former name of pgbackrest_backup_since_last_completion_seconds for incr'),
    ['stanza'],
  ),
  backrestExporterInfo: defineMetric(
    'pgbackrest_exporter_info',
    gauge('info', 'Former name of pgbackrest_exporter_build_info, constantly 1'),
    ['version'],
  ),
});
