import {
  gauge,
  pgArchive,
  pgMeta,
  pgRepl,
  pgSyncQuorum,
  pgTimeline,
  promql,
  tlsEndpointMetrics,
} from '@pgattest/catalog';
import { defineRecording } from '../../model.ts';
import { levelLabels } from '../level.ts';
import { isPrimary } from '../members.ts';
import { ofStandby } from '../replication.ts';

/** WAL that a standby of the primary has not on disk; only of standbys that have caught up and stream. */
export const instanceFlushLagBytes = defineRecording('pg:ins:flush_lag_bytes', {
  ...gauge('bytes', 'WAL of the primary that this streaming standby has not on disk'),
  labels: levelLabels.ins,
  expr: ofStandby(
    promql`clamp_min(${pgRepl.m.flush_diff}, 0) and (${pgRepl.m.state} == 0) and on (job, cls, ins) (${isPrimary} == 1)`,
  ),
});

/** What a failover to the best standby would lose now; absent without one. */
export const clusterFailoverLossBytes = defineRecording('pg:cls:failover_loss_bytes', {
  ...gauge('bytes', 'WAL of the primary that no streaming standby has on disk: what a failover now would lose'),
  labels: levelLabels.cls,
  expr: promql`min by (job, cls) (${instanceFlushLagBytes})`,
});

/** Standbys that could take over; absent while no primary answers. */
export const clusterFailoverCandidates = defineRecording('pg:cls:failover_candidate_count', {
  ...gauge('count', 'Scraped standbys that stream from the primary'),
  labels: levelLabels.cls,
  expr: promql`count by (job, cls) (${instanceFlushLagBytes}) or 0 * (sum by (job, cls) (${isPrimary}) > 0)`,
});

/** Synchronous standbys that commits wait for and that are not there; above 0 commits hang. */
export const clusterSyncMissing = defineRecording('pg:cls:sync_missing_count', {
  ...gauge('count', 'Synchronous standbys that a commit waits for and that are not attached'),
  labels: levelLabels.cls,
  expr: promql`max by (job, cls) (clamp_min(${pgSyncQuorum.m.required_standbys} - ${pgSyncQuorum.m.present_standbys}, 0))`,
});

/** Timeline of an instance: written on a primary, received or replayed on a replica. */
export const instanceTimeline = defineRecording('pg:ins:timeline', {
  ...gauge('id', 'Current timeline'),
  labels: levelLabels.ins,
  expr: promql`${pgTimeline.m.id} + 0`,
});

/** Newest timeline of a cluster; a restart of one scrape does not interrupt it. */
export const clusterTimeline = defineRecording('pg:cls:timeline', {
  ...gauge('id', 'Newest timeline of any instance that answers'),
  labels: levelLabels.cls,
  expr: promql`max by (job, cls) (max_over_time(${instanceTimeline}[30s]))`,
});

/** Timelines that a member is behind; above 0 for longer than a failover takes, a member does not follow. */
export const clusterTimelineSpread = defineRecording('pg:cls:timeline_spread', {
  ...gauge('count', 'Difference of the newest and the oldest timeline of the instances that answer'),
  labels: levelLabels.cls,
  expr: promql`max by (job, cls) (${instanceTimeline}) - min by (job, cls) (${instanceTimeline})`,
});

/** Different database systems under one cluster name: above 1, members do not belong together. */
export const clusterSystems = defineRecording('pg:cls:system_count', {
  ...gauge('count', 'System identifiers among the instances that answer'),
  labels: levelLabels.cls,
  expr: promql`count by (job, cls) (count by (job, cls, cluster_id) (${pgMeta.m.info}))`,
});

/** WAL that is not in the archive, where the cluster archives. */
export const clusterArchiveLagBytes = defineRecording('pg:cls:archive_lag_bytes', {
  ...gauge('bytes', 'WAL written and not yet archived'),
  labels: levelLabels.cls,
  expr: promql`max by (job, cls) (${pgArchive.m.lag_bytes} and on (job, cls, ins) (${isPrimary} == 1))`,
});

/** How long the first certificate of a cluster to expire is still valid; negative once it has expired. */
export const clusterCertificateSeconds = defineRecording('pg:cls:certificate_remaining_seconds', {
  ...gauge('seconds', 'Time until the first certificate that a server of the cluster shows expires'),
  labels: levelLabels.cls,
  expr: promql`min by (job, cls) (${tlsEndpointMetrics.pgExporterTlsCertificateNotAfterTimestampSeconds} - time())`,
});

export const failoverRecordings = [
  instanceFlushLagBytes,
  clusterFailoverLossBytes,
  clusterFailoverCandidates,
  clusterSyncMissing,
  instanceTimeline,
  clusterTimeline,
  clusterTimelineSpread,
  clusterSystems,
  clusterArchiveLagBytes,
  clusterCertificateSeconds,
];
