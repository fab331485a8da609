import { defineMetric, gauge } from '../model.ts';

const last = ['backup_type', 'block_incr', 'stanza'] as const;
const lastInRepo = ['backup_type', 'block_incr', 'repo_key', 'stanza'] as const;

/**
 * The newest backup that serves as a full, diff or incr: a full serves as all three, a diff as diff and incr. Names,
 * labels and values of pgbackrest_exporter 0.23 and of its two later changes. Absent without a full backup.
 */
export const backrestLastMetrics = Object.freeze({
  backrestSinceLastCompletionSeconds: defineMetric(
    'pgbackrest_backup_since_last_completion_seconds',
    gauge('seconds', 'Time since the newest backup that serves as this type, as of this scrape'),
    last,
  ),
  backrestLastDurationSeconds: defineMetric(
    'pgbackrest_backup_last_duration_seconds',
    gauge('seconds', 'Time the newest backup that serves as this type took'),
    last,
  ),
  backrestLastSizeBytes: defineMetric(
    'pgbackrest_backup_last_size_bytes',
    gauge('bytes', 'Uncompressed size of the newest backup that serves as this type'),
    last,
  ),
  backrestLastDeltaBytes: defineMetric(
    'pgbackrest_backup_last_delta_bytes',
    gauge('bytes', 'Uncompressed bytes that the newest backup that serves as this type copied'),
    last,
  ),
  backrestLastRepoSizeBytes: defineMetric(
    'pgbackrest_backup_last_repo_size_bytes',
    gauge('bytes', 'Stored bytes a restore of the newest backup that serves as this type reads, 0 when not told'),
    last,
  ),
  backrestLastRepoDeltaBytes: defineMetric(
    'pgbackrest_backup_last_repo_delta_bytes',
    gauge('bytes', 'Stored bytes of the newest backup that serves as this type'),
    last,
  ),
  backrestLastRepoSizeMapBytes: defineMetric(
    'pgbackrest_backup_last_repo_size_map_bytes',
    gauge('bytes', 'Block maps a restore of the newest backup that serves as this type reads, 0 without any'),
    last,
  ),
  backrestLastRepoDeltaMapBytes: defineMetric(
    'pgbackrest_backup_last_repo_delta_map_bytes',
    gauge('bytes', 'Block maps of the newest backup that serves as this type, 0 without any'),
    last,
  ),
  backrestLastErrorStatus: defineMetric(
    'pgbackrest_backup_last_error_status',
    gauge('bool', 'Whether page checksums failed in the newest backup that serves as this type'),
    last,
  ),
  backrestLastAnnotations: defineMetric(
    'pgbackrest_backup_last_annotations',
    gauge('count', 'Annotations of the newest backup that serves as this type'),
    last,
  ),
  backrestLastReferences: defineMetric(
    'pgbackrest_backup_last_references',
    gauge('count', 'Other backups that the newest one that serves as this type needs, by their type'),
    ['backup_type', 'block_incr', 'ref_backup', 'stanza'],
  ),
  backrestLastDatabases: defineMetric(
    'pgbackrest_backup_last_databases',
    gauge('count', 'Databases in the newest backup that serves as this type, absent where they could not be read'),
    last,
  ),
  backrestRepoSinceLastCompletionSeconds: defineMetric(
    'pgbackrest_backup_repo_since_last_completion_seconds',
    gauge('seconds', 'Time since the newest backup in this repository that serves as this type, as of this scrape'),
    lastInRepo,
  ),
  backrestRepoLastDurationSeconds: defineMetric(
    'pgbackrest_backup_repo_last_duration_seconds',
    gauge('seconds', 'Time the newest backup in this repository that serves as this type took'),
    lastInRepo,
  ),
});

/** The same questions strictly by type: a full is no diff here. What pgbackrest_exporter does not have. */
export const backrestNewestMetrics = Object.freeze({
  backrestNewestStopTimestampSeconds: defineMetric(
    'pgbackrest_backup_newest_stop_timestamp_seconds',
    gauge('timestamp_seconds', 'When the newest backup of exactly this type in this repository ended'),
    ['stanza', 'repo_key', 'backup_type'],
  ),
  backrestOldestStopTimestampSeconds: defineMetric(
    'pgbackrest_backup_oldest_stop_timestamp_seconds',
    gauge('timestamp_seconds', 'When the oldest backup of exactly this type in this repository ended'),
    ['stanza', 'repo_key', 'backup_type'],
  ),
  backrestBackupCount: defineMetric(
    'pgbackrest_backup_count',
    gauge('count', 'Backups of exactly this type in this repository'),
    ['stanza', 'repo_key', 'backup_type'],
  ),
});
