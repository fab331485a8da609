import { defineMetric, gauge, state } from '../model.ts';

const place = ['stanza', 'repo_key'] as const;

/**
 * What can be restored, and to when. A backup counts as restorable when it and all it refers to are listed, their
 * folders are in the repository, no page checksum failed, verify found no fault, and the WAL it needs is there. Absent
 * while the repository cannot be listed.
 */
export const backrestRecoveryMetrics = Object.freeze({
  backrestRecoveryOldestTimestampSeconds: defineMetric(
    'pgbackrest_recovery_oldest_timestamp_seconds',
    gauge('timestamp_seconds', 'Oldest restorable moment: the end of the oldest restorable backup'),
    place,
  ),
  backrestRecoveryNewestTimestampSeconds: defineMetric(
    'pgbackrest_recovery_newest_timestamp_seconds',
    gauge('timestamp_seconds', 'Newest restorable moment: when the last WAL that is reached without a gap was stored'),
    place,
  ),
  backrestRecoveryContinuousTimestampSeconds: defineMetric(
    'pgbackrest_recovery_continuous_timestamp_seconds',
    gauge('timestamp_seconds', 'From when on every moment until the newest is restorable, without a gap between'),
    place,
  ),
  backrestRecoveryWindowSeconds: defineMetric(
    'pgbackrest_recovery_window_seconds',
    gauge('seconds', 'Length of the window of continuously restorable moments that ends with the newest'),
    place,
  ),
  backrestRecoveryPointAgeSeconds: defineMetric(
    'pgbackrest_recovery_point_age_seconds',
    gauge('seconds', 'Age of the newest restorable moment as of this scrape: what a disaster now would lose'),
    place,
  ),
  backrestRestorableBackups: defineMetric(
    'pgbackrest_restorable_backups',
    gauge('count', 'Backups that can be restored'),
    place,
  ),
  backrestUnrestorableBackups: defineMetric(
    'pgbackrest_unrestorable_backups',
    gauge('count', 'Backups that cannot be restored, by the first reason found'),
    [...place, 'reason'],
  ),
  backrestNewestChainStatus: defineMetric(
    'pgbackrest_newest_backup_chain_status',
    state('Whether the newest backup can be restored with all it refers to', {
      0: 'restorable',
      1: 'a backup it refers to is not listed',
      2: 'a folder of its chain is missing',
      3: 'page checksums failed in its chain',
      4: 'WAL it needs to be consistent is missing',
      5: 'verify found its chain invalid',
    }),
    place,
  ),
  backrestNewestChainLength: defineMetric(
    'pgbackrest_newest_backup_chain_length',
    gauge('count', 'Backups that a restore of the newest one reads, itself included'),
    place,
  ),
  backrestNewestRestorableStopTimestampSeconds: defineMetric(
    'pgbackrest_newest_restorable_backup_stop_timestamp_seconds',
    gauge('timestamp_seconds', 'When the newest backup that can be restored ended'),
    place,
  ),
  backrestNewestRestorableChainLength: defineMetric(
    'pgbackrest_newest_restorable_backup_chain_length',
    gauge('count', 'Backups that a restore of the newest restorable one reads, itself included'),
    place,
  ),
  backrestUnlistedBackups: defineMetric(
    'pgbackrest_unlisted_backups',
    gauge('count', 'Folders of backups that are not listed as completed: one that runs, or was broken off'),
    place,
  ),
  backrestBrokenOffBackups: defineMetric(
    'pgbackrest_broken_off_backups',
    gauge('count', 'Folders of backups that are not listed as completed while no backup runs on this host'),
    place,
  ),
});
