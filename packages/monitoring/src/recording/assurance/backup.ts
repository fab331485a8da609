import {
  backrestArchiverMetrics,
  backrestConfigMetrics,
  backrestDrillMetrics,
  backrestLastMetrics,
  backrestRecoveryMetrics,
  backrestScheduleMetrics,
  backrestStanzaMetrics,
  backrestVerifyMetrics,
  backrestWalMetrics,
  gauge,
  promql,
  type Expr,
  type MetricDef,
} from '@pgattest/catalog';
import { defineRecording } from '../../model.ts';

const repository = ['job', 'cls', 'stanza', 'repo_key'] as const;

/** What the exporters of all members say of one repository, as one series. */
const ofRepository = (name: string, def: MetricDef, expr: Expr) =>
  defineRecording(`pgbackrest:cls:${name}`, { ...def, labels: repository, expr });

/** How far back everything can be restored, by the exporter that has looked last. */
export const recoveryWindow = ofRepository(
  'recovery_window_seconds',
  gauge('seconds', 'Length of the window of continuously restorable moments'),
  promql`max by (job, cls, stanza, repo_key) (${backrestRecoveryMetrics.backrestRecoveryWindowSeconds})`,
);

/** What a disaster would lose now. */
export const recoveryPointAge = ofRepository(
  'recovery_point_age_seconds',
  gauge('seconds', 'Age of the newest restorable moment: what a disaster now would lose'),
  promql`min by (job, cls, stanza, repo_key) (${backrestRecoveryMetrics.backrestRecoveryPointAgeSeconds})`,
);

/** Backups that can be restored. */
export const restorableBackups = ofRepository(
  'restorable_backups',
  gauge('count', 'Backups that can be restored'),
  promql`max by (job, cls, stanza, repo_key) (${backrestRecoveryMetrics.backrestRestorableBackups})`,
);

/** Backups that cannot be restored, for any reason. */
export const unrestorableBackups = ofRepository(
  'unrestorable_backups',
  gauge('count', 'Backups that cannot be restored'),
  promql`max by (job, cls, stanza, repo_key) (sum without (reason) (${backrestRecoveryMetrics.backrestUnrestorableBackups}))`,
);

/** Age of the newest backup by what it serves as. */
export const backupAge = defineRecording('pgbackrest:cls:backup_age_seconds', {
  ...gauge('seconds', 'Time since the newest backup that serves as this type'),
  labels: [...repository, 'backup_type'],
  expr: promql`min by (job, cls, stanza, repo_key, backup_type) (${backrestLastMetrics.backrestRepoSinceLastCompletionSeconds})`,
});

/** Whether a backup is missing by the schedule; an exporter whose listing is old does not count against a newer one. */
export const scheduleMissed = defineRecording('pgbackrest:cls:schedule_missed', {
  ...gauge('bool', 'Whether the backup last due has not been made in its time'),
  labels: [...repository, 'backup_type'],
  expr: promql`min by (job, cls, stanza, repo_key, backup_type) (${backrestScheduleMetrics.backrestScheduleMissed})`,
});

/** Missing WAL. */
export const walGaps = ofRepository(
  'wal_gaps',
  gauge('count', 'Places where WAL is missing in the repository'),
  promql`max by (job, cls, stanza, repo_key) (sum without (archive_id) (${backrestWalMetrics.backrestWalGaps}))`,
);

/** WAL that the server believes archived and that is not there. */
export const lostSegments = ofRepository(
  'lost_segments',
  gauge('count', 'Segments that the server believes archived and the repository does not hold'),
  promql`max by (job, cls, stanza, repo_key) (${backrestArchiverMetrics.backrestArchiverLostSegments})`,
);

/** The worst status that any exporter reads. */
export const repositoryStatus = ofRepository(
  'repo_status',
  backrestStanzaMetrics.backrestRepoStatus,
  promql`max by (job, cls, stanza, repo_key) (${backrestStanzaMetrics.backrestRepoStatus})`,
);

/** Whether every host encrypts what it stores. */
export const repositoryEncrypted = ofRepository(
  'repo_encrypted',
  gauge('bool', 'Whether the repository is configured to be encrypted, on every host'),
  promql`min by (job, cls, stanza, repo_key) (${backrestConfigMetrics.backrestConfigRepoEncrypted})`,
);

/** Age of the newest verification on any host. */
export const verifyAge = ofRepository(
  'verify_age_seconds',
  gauge('seconds', 'Time since the last verify that gave a verdict, on any host'),
  promql`min by (job, cls, stanza, repo_key) (${backrestVerifyMetrics.backrestVerifyAgeSeconds})`,
);

/** What the newest verification found: that of the host that verified last. */
export const verifyOk = ofRepository(
  'verify_ok',
  gauge('bool', 'Whether the newest verify found everything valid'),
  promql`min by (job, cls, stanza, repo_key) (${backrestVerifyMetrics.backrestVerifyOk} and ${backrestVerifyMetrics.backrestVerifyAgeSeconds} == on (job, cls, stanza, repo_key) group_left () ${verifyAge})`,
);

/** Time since a restore drill passed on any host. */
export const drillPassedAge = defineRecording('pgbackrest:cls:drill_passed_age_seconds', {
  ...gauge('seconds', 'Time since a restore drill of this kind last passed, on any host'),
  labels: ['job', 'cls', 'stanza', 'kind'],
  expr: promql`time() - max by (job, cls, stanza, kind) (${backrestDrillMetrics.backrestDrillPassedTimestampSeconds})`,
});

export const backupRecordings = [
  recoveryWindow,
  recoveryPointAge,
  restorableBackups,
  unrestorableBackups,
  backupAge,
  scheduleMissed,
  walGaps,
  lostSegments,
  repositoryStatus,
  repositoryEncrypted,
  verifyAge,
  verifyOk,
  drillPassedAge,
];
