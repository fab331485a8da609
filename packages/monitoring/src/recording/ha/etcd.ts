import { etcdMetrics, etcdRevisionMetrics, gauge, promql, type MetricRef } from '@pgattest/catalog';
import { defineRecording } from '../../model.ts';
import { inOrder, rolledUp } from '../family.ts';
import { levelLabels } from '../level.ts';
import { etcdUp } from '../targets.ts';

const perMinute = (name: string, ref: MetricRef, help: string) =>
  defineRecording(`etcd:ins:${name}`, {
    ...gauge('count', `${help} within a minute`),
    labels: levelLabels.ins,
    expr: promql`increase(${ref}[1m])`,
  });

/** Reads of a member. */
export const etcdReads = perMinute('rpm', etcdMetrics.etcdRangeTotal, 'Reads');
/** Writes: what the members agreed on. */
export const etcdWrites = perMinute('wpm', etcdMetrics.etcdProposalsCommittedTotal, 'Proposals committed');

/** How much of its quota the database takes; at 1 etcd refuses writes. */
export const etcdQuotaUsage = rolledUp({
  namespace: 'etcd',
  metric: 'quota_usage',
  ...gauge('ratio', 'Size of the database as a share of its quota'),
  low: 'ins',
  expr: promql`${etcdMetrics.etcdDbSizeBytes} / (${etcdMetrics.etcdQuotaBytes} > 0)`,
  how: 'max',
  up: ['cls'],
});

/** Revisions that are kept: growing without end, nobody compacts. */
export const etcdAge = rolledUp({
  namespace: 'etcd',
  metric: 'age',
  ...gauge('count', 'Revisions since the last compaction'),
  low: 'ins',
  expr: promql`${etcdRevisionMetrics.etcdCurrentRevision} - clamp_min(${etcdRevisionMetrics.etcdCompactRevision}, 0)`,
  how: 'max',
  up: ['cls'],
});

const slowestTwentieth = <const L extends string>(
  name: string,
  bucket: MetricRef,
  help: string,
  labels: readonly L[],
) =>
  defineRecording(`etcd:ins:${name}`, {
    ...gauge('seconds', help),
    labels: [...levelLabels.ins, ...labels],
    expr: promql`histogram_quantile(0.95, rate(${bucket}[5m]))`,
  });

/** How long syncing the log takes: etcd wants it below 10 ms. */
export const etcdSyncTime = slowestTwentieth(
  'wal_fsync_rt_p95_5m',
  etcdMetrics.etcdWalFsyncSecondsBucket,
  '95th percentile of the time a sync of the log takes',
  [],
);
/** How long committing the database takes: etcd wants it below 25 ms. */
export const etcdCommitTime = slowestTwentieth(
  'backend_commit_rt_p95_5m',
  etcdMetrics.etcdBackendCommitSecondsBucket,
  '95th percentile of the time a commit of the database takes',
  [],
);
/** How long a peer takes to answer. */
export const etcdPeerTime = slowestTwentieth(
  'network_peer_rt_p95_5m',
  etcdMetrics.etcdPeerRoundTripSecondsBucket,
  '95th percentile of the time a peer takes to answer',
  ['To'],
);

const cluster = (name: string, help: string, expr: ReturnType<typeof promql>) =>
  defineRecording(`etcd:cls:${name}`, { ...gauge('count', help), labels: levelLabels.cls, expr });

/** Members that are scraped, without those that say they are learners. */
const voters = promql`count by (job, cls) (${etcdUp} unless on (job, cls, ins) (${etcdMetrics.etcdIsLearner} == 1))`;
const healthy = promql`(count by (job, cls) ((${etcdMetrics.etcdHasLeader} == 1) unless on (job, cls, ins) (${etcdMetrics.etcdIsLearner} == 1)) or 0 * ${voters})`;

/** Members that have a vote, as far as it is known: a learner that does not answer counts. */
export const etcdMembers = cluster(
  'member_count',
  'Members that are scraped, learners that answer not counted',
  voters,
);

/** Members that answer, know a leader and have a vote. */
export const etcdHealthyMembers = cluster(
  'healthy_count',
  'Members that answer, have a vote and know a leader',
  healthy,
);

/** Members that may still be lost before nothing can be written; below 0 that is so. */
export const etcdQuorumMargin = cluster(
  'quorum_margin',
  'Healthy members beyond those that writing needs; below 0 nothing can be written',
  promql`${healthy} - (floor(${voters} / 2) + 1)`,
);

/** Leaders by the members' own word. */
export const etcdLeaders = cluster(
  'leader_count',
  'Members that say they lead',
  promql`sum by (job, cls) (${etcdMetrics.etcdIsLeader})`,
);

/** Changes of leader within an hour. */
export const etcdLeaderChanges = cluster(
  'leader_changes_1h',
  'Changes of leader within an hour, as the member saw them that saw most',
  promql`max by (job, cls) (increase(${etcdMetrics.etcdLeaderChangesTotal}[1h]))`,
);

export const etcdRecordings = [
  etcdReads,
  etcdWrites,
  ...inOrder(etcdQuotaUsage, etcdAge),
  etcdSyncTime,
  etcdCommitTime,
  etcdPeerTime,
  etcdMembers,
  etcdHealthyMembers,
  etcdQuorumMargin,
  etcdLeaders,
  etcdLeaderChanges,
];
