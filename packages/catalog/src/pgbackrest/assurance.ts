import { defineMetric, gauge, state } from '../model.ts';

const place = ['stanza', 'repo_key'] as const;

/** What the last `pgbackrest verify` read. Absent until it has run. */
export const backrestVerifyMetrics = Object.freeze({
  backrestVerifyOk: defineMetric(
    'pgbackrest_verify_ok',
    gauge('bool', 'Whether the last verify found everything valid, by its text'),
    place,
  ),
  backrestVerifyTimestampSeconds: defineMetric(
    'pgbackrest_verify_timestamp_seconds',
    gauge('timestamp_seconds', 'When the last verify that gave a verdict ended'),
    place,
  ),
  backrestVerifyAgeSeconds: defineMetric(
    'pgbackrest_verify_age_seconds',
    gauge('seconds', 'Time since the last verify that gave a verdict ended, as of this scrape'),
    place,
  ),
  backrestVerifyDurationSeconds: defineMetric(
    'pgbackrest_verify_duration_seconds',
    gauge('seconds', 'Time the last verify took'),
    place,
  ),
  backrestVerifyBackups: defineMetric(
    'pgbackrest_verify_backups',
    gauge('count', 'Backups by what the last verify called them'),
    [...place, 'status'],
  ),
  backrestVerifyWal: defineMetric(
    'pgbackrest_verify_wal_segments',
    gauge('count', 'WAL segments that the last verify read, by whether they are valid'),
    [...place, 'status'],
  ),
  backrestVerifyErrors: defineMetric(
    'pgbackrest_verify_errors',
    gauge('count', 'Files that the last verify found bad, of backups and of WAL, by what is wrong'),
    [...place, 'part', 'error'],
  ),
});

/** Retention, encryption and queue limits as configured on this host. Absent where the configuration cannot be read. */
export const backrestConfigMetrics = Object.freeze({
  backrestConfigRepoInfo: defineMetric(
    'pgbackrest_config_repo_info',
    gauge('info', 'How a repository is configured on this host, constantly 1'),
    [...place, 'type', 'cipher', 'remote', 'bundle', 'block', 'retention_full_type', 'retention_archive_type'],
  ),
  backrestConfigRepoEncrypted: defineMetric(
    'pgbackrest_config_repo_encrypted',
    gauge('bool', 'Whether the repository is configured to be encrypted'),
    place,
  ),
  backrestConfigRetention: defineMetric(
    'pgbackrest_config_retention',
    gauge('count', 'Configured retention: a count, or days where its type is time; absent = kept for ever'),
    [...place, 'kind'],
  ),
  backrestConfigQueueMaxBytes: defineMetric(
    'pgbackrest_config_archive_push_queue_max_bytes',
    gauge('bytes', 'Configured size of waiting WAL beyond which it is thrown away; absent = never'),
    ['stanza'],
  ),
  backrestConfigArchiveAsync: defineMetric(
    'pgbackrest_config_archive_async',
    gauge('bool', 'Whether WAL is pushed asynchronously'),
    ['stanza'],
  ),
});

/** The last restore drill by the certificates in the given folder. Absent without one. */
export const backrestDrillMetrics = Object.freeze({
  backrestDrillOutcome: defineMetric(
    'pgbackrest_drill_last_outcome',
    state('How the last restore drill ended', { 0: 'passed', 1: 'failed', 2: 'not finished' }),
    ['stanza', 'kind'],
  ),
  backrestDrillTimestampSeconds: defineMetric(
    'pgbackrest_drill_last_timestamp_seconds',
    gauge('timestamp_seconds', 'When the last restore drill ended'),
    ['stanza', 'kind'],
  ),
  backrestDrillAgeSeconds: defineMetric(
    'pgbackrest_drill_last_age_seconds',
    gauge('seconds', 'Time since the last restore drill ended, as of this scrape'),
    ['stanza', 'kind'],
  ),
  backrestDrillDurationSeconds: defineMetric(
    'pgbackrest_drill_last_duration_seconds',
    gauge('seconds', 'Time the last restore drill took'),
    ['stanza', 'kind'],
  ),
  backrestDrillPassedTimestampSeconds: defineMetric(
    'pgbackrest_drill_last_passed_timestamp_seconds',
    gauge('timestamp_seconds', 'When a restore drill last passed'),
    ['stanza', 'kind'],
  ),
});
