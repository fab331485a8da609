import {
  gauge,
  pgDownstream,
  pgRecv,
  pgRepl,
  pgUp,
  promql,
  select,
  type Expr,
  type MetricRef,
} from '@pgattest/catalog';
import { defineRecording } from '../model.ts';
import { levelLabels } from './level.ts';
import { isPrimary } from './members.ts';

/**
 * What senders say of standbys, as series of the standbys themselves. application_name is the name of the instance
 * where Patroni sets it. What is no scraped instance of the cluster (pg_receivewal, a subscription) has no series.
 */
export const ofStandby = (seenBySender: MetricRef | Expr): Expr =>
  promql`0 * ${pgUp} + on (job, cls, ins) group_left () max by (job, cls, ins) (label_replace(${seenBySender}, "ins", "$1", "appname", "(.+)"))`;

/** Worst replay lag in bytes of the standbys attached to a sender. */
export const standbyLagBytes = defineRecording('pg:standby:lag_bytes', {
  ...gauge('bytes', 'WAL that the standby has still to replay, seen from its sender'),
  labels: ['job', 'cls', 'ins', 'appname'],
  expr: promql`max by (job, cls, ins, appname) (${pgRepl.m.replay_diff})`,
});

/** Worst replay lag in seconds of the standbys attached to a sender. */
export const standbyLagSeconds = defineRecording('pg:standby:lag_seconds', {
  ...gauge('seconds', 'Time from WAL flush on the sender to its replay on the standby'),
  labels: ['job', 'cls', 'ins', 'appname'],
  expr: promql`max by (job, cls, ins, appname) (${pgRepl.m.replay_lag})`,
});

/** Replay lag in bytes of an instance that is a standby. */
export const instanceLagBytes = defineRecording('pg:ins:lag_bytes', {
  ...gauge('bytes', 'WAL that this standby has still to replay'),
  labels: levelLabels.ins,
  expr: ofStandby(promql`clamp_min(${pgRepl.m.replay_diff}, 0)`),
});

/** Replay lag in seconds of an instance that is a standby. */
export const instanceLagSeconds = defineRecording('pg:ins:lag_seconds', {
  ...gauge('seconds', 'Time from WAL flush on the sender to its replay on this standby'),
  labels: levelLabels.ins,
  expr: ofStandby(pgRepl.m.replay_lag),
});

const worst = (lag: MetricRef, what: 'lag_bytes' | 'lag_seconds') => {
  const def = gauge(what === 'lag_bytes' ? 'bytes' : 'seconds', 'Replay lag of the standby that is furthest behind');
  const cls = defineRecording(`pg:cls:${what}`, {
    ...def,
    labels: levelLabels.cls,
    expr: promql`max by (job, cls) (${lag})`,
  });
  const env = defineRecording(`pg:env:${what}`, {
    ...def,
    labels: levelLabels.env,
    expr: promql`max by (job) (${lag})`,
  });
  return { cls, env } as const;
};

/** Worst replay lag in bytes of a cluster, and of everything. */
export const clusterLagBytes = worst(instanceLagBytes, 'lag_bytes');
/** Worst replay lag in seconds of a cluster, and of everything. */
export const clusterLagSeconds = worst(instanceLagSeconds, 'lag_seconds');

/** Part that an instance plays in synchronous replication, as its sender sees it. */
export const instanceSyncState = defineRecording('pg:ins:sync_state', {
  ...pgRepl.m.sync_state,
  labels: levelLabels.ins,
  expr: ofStandby(pgRepl.m.sync_state),
});

/** Attached standbys that count as synchronous; absent while no primary answers. */
export const clusterSyncStandbys = defineRecording('pg:cls:standby_count', {
  ...gauge('count', 'Attached standbys that count as synchronous: sync or quorum'),
  labels: levelLabels.cls,
  expr: promql`count by (job, cls) (${pgRepl.m.sync_state} >= 2) or 0 * (sum by (job, cls) (${isPrimary}) > 0)`,
});

/** Whether any standby counts as synchronous; absent while no primary answers. */
export const clusterIsSync = defineRecording('pg:cls:sync_state', {
  ...gauge('bool', 'Whether any attached standby counts as synchronous'),
  labels: levelLabels.cls,
  expr: promql`${clusterSyncStandbys} > bool 0`,
});

/** WAL senders with all that the server says of them. */
export const clusterSenders = defineRecording('pg:cls:sender', {
  ...pgRepl.m.sync_state,
  labels: [...levelLabels.ins, ...pgRepl.m.sync_state.labels],
  expr: promql`${pgRepl.m.sync_state} + 0`,
});

/** WAL receivers with all that the server says of them. */
export const clusterReceivers = defineRecording('pg:cls:receiver', {
  ...pgRecv.m.state,
  labels: [...levelLabels.ins, ...pgRecv.m.state.labels],
  expr: promql`${pgRecv.m.state} + 0`,
});

/** Replicas that feed other replicas, with the number of those. */
export const clusterBridges = defineRecording('pg:cls:bridges', {
  ...gauge('count', 'Standbys that stream from this replica'),
  labels: levelLabels.ins,
  expr: promql`(sum without (state) (${select(pgDownstream.m.count, { state: 'streaming' })}) > 0) and on (job, cls, ins) (${isPrimary} == 0)`,
});

/** How many replicas feed others. */
export const clusterBridgeCount = defineRecording('pg:cls:bridge_count', {
  ...gauge('count', 'Replicas that feed other replicas'),
  labels: levelLabels.cls,
  expr: promql`count by (job, cls) (${clusterBridges}) or 0 * count by (job, cls) (${pgUp})`,
});

export const replicationRecordings = [
  standbyLagBytes,
  standbyLagSeconds,
  instanceLagBytes,
  clusterLagBytes.cls,
  clusterLagBytes.env,
  instanceLagSeconds,
  clusterLagSeconds.cls,
  clusterLagSeconds.env,
  instanceSyncState,
  clusterSyncStandbys,
  clusterIsSync,
  clusterSenders,
  clusterReceivers,
  clusterBridges,
  clusterBridgeCount,
];
