import { defineMetric, gauge } from '../model.ts';

const backup = ['backup_name', 'backup_type', 'block_incr', 'database_id', 'repo_key', 'stanza'] as const;

/**
 * One series for each completed backup: names, labels and values of pgbackrest_exporter 0.23. `block_incr` is `y` where
 * both block maps are there, else `n`; what a version of pgBackRest does not tell is 0, as there.
 */
export const backrestBackupMetrics = Object.freeze({
  backrestBackupInfo: defineMetric('pgbackrest_backup_info', gauge('info', 'A completed backup, constantly 1'), [
    'backrest_ver',
    'backup_name',
    'backup_type',
    'block_incr',
    'database_id',
    'lsn_start',
    'lsn_stop',
    'pg_version',
    'prior',
    'repo_key',
    'stanza',
    'wal_start',
    'wal_stop',
  ]),
  backrestBackupDurationSeconds: defineMetric(
    'pgbackrest_backup_duration_seconds',
    gauge('seconds', 'Time the backup took; the labels are in the time zone of the exporter'),
    [...backup, 'start_time', 'stop_time'],
  ),
  backrestBackupSizeBytes: defineMetric(
    'pgbackrest_backup_size_bytes',
    gauge('bytes', 'Uncompressed size of the cluster that was backed up'),
    backup,
  ),
  backrestBackupDeltaBytes: defineMetric(
    'pgbackrest_backup_delta_bytes',
    gauge('bytes', 'Uncompressed bytes that this backup had to copy'),
    backup,
  ),
  backrestBackupRepoSizeBytes: defineMetric(
    'pgbackrest_backup_repo_size_bytes',
    gauge('bytes', 'Stored bytes of all files a restore of this backup reads, 0 for block incremental backups'),
    backup,
  ),
  backrestBackupRepoDeltaBytes: defineMetric(
    'pgbackrest_backup_repo_delta_bytes',
    gauge('bytes', 'Stored bytes of the files in this backup'),
    backup,
  ),
  backrestBackupRepoSizeMapBytes: defineMetric(
    'pgbackrest_backup_repo_size_map_bytes',
    gauge('bytes', 'Stored bytes of all block maps a restore of this backup reads, 0 without any'),
    backup,
  ),
  backrestBackupRepoDeltaMapBytes: defineMetric(
    'pgbackrest_backup_repo_delta_map_bytes',
    gauge('bytes', 'Stored bytes of the block maps in this backup, 0 without any'),
    backup,
  ),
  backrestBackupErrorStatus: defineMetric(
    'pgbackrest_backup_error_status',
    gauge('bool', 'Whether page checksums failed while copying, 0 before pgBackRest 2.36'),
    backup,
  ),
  backrestBackupAnnotations: defineMetric(
    'pgbackrest_backup_annotations',
    gauge('count', 'Annotations of the backup'),
    backup,
  ),
  backrestBackupReferences: defineMetric(
    'pgbackrest_backup_references',
    gauge('count', 'Other backups that this one needs, by their type'),
    ['backup_name', 'backup_type', 'block_incr', 'database_id', 'ref_backup', 'repo_key', 'stanza'],
  ),
  backrestBackupDatabases: defineMetric(
    'pgbackrest_backup_databases',
    gauge('count', 'Databases in the backup, absent where they could not be read'),
    backup,
  ),
});
