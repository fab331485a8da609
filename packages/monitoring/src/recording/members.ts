import { gauge, pgInRecovery, pgUp, promql, state } from '@pgattest/catalog';
import { defineRecording } from '../model.ts';
import { levelLabels } from './level.ts';

/**
 * 1 on a primary, 0 on a replica, absent while the server cannot be asked.
 * `pg_in_recovery` keeps its last value while the server is down, so it counts only together with `pg_up`. Written out
 * where it is read below, rather than the recorded series: vmalert would see that one round later.
 */
export const isPrimary = promql`((1 - ${pgInRecovery}) and on (job, cls, ins) (${pgUp} == 1))`;

/** Whether an instance accepts writes. */
export const instanceIsPrimary = defineRecording('pg:ins:is_primary', {
  ...gauge('bool', 'Whether the instance answers and is not in recovery'),
  labels: levelLabels.ins,
  expr: isPrimary,
});

/** The same under the name that Pigsty gives it. */
export const instanceIsLeader = defineRecording('pg:ins:is_leader', {
  ...gauge('bool', 'Whether the instance answers and is not in recovery'),
  labels: levelLabels.ins,
  expr: isPrimary,
});

/** Role and liveness in one number; the role of a server that does not answer is the last known. */
export const instanceStatus = defineRecording('pg:ins:status', {
  ...state('Whether the instance answers, and its role or the last one known', {
    0: 'replica, down',
    1: 'primary, down',
    2: 'replica',
    3: 'primary',
  }),
  labels: levelLabels.ins,
  expr: promql`2 * ${pgUp} + (1 - ${pgInRecovery})`,
});

/** One series for each instance of a cluster. */
export const clusterMembers = defineRecording('pg:cls:members', {
  ...gauge('info', 'An instance of the cluster, constantly 1'),
  labels: levelLabels.ins,
  expr: promql`${pgUp} >= bool 0`,
});

/** One series for each primary that answers: two of one cluster are a split brain. */
export const clusterLeader = defineRecording('pg:cls:leader', {
  ...gauge('info', 'A primary of the cluster that answers, constantly 1'),
  labels: levelLabels.ins,
  expr: promql`${isPrimary} == 1`,
});

/** Scraped instances of a cluster, reachable or not. */
export const clusterSize = defineRecording('pg:cls:size', {
  ...gauge('count', 'Instances of the cluster that are scraped'),
  labels: ['job', 'cls'],
  expr: promql`count by (job, cls) (${pgUp})`,
});

/** Instances of a cluster that answer. */
export const clusterAlive = defineRecording('pg:cls:alive_count', {
  ...gauge('count', 'Instances of the cluster that answer'),
  labels: ['job', 'cls'],
  expr: promql`sum by (job, cls) (${pgUp})`,
});

/** Primaries among the instances that answer; absent when none answers. */
export const clusterPrimaries = defineRecording('pg:cls:primary_count', {
  ...gauge('count', 'Instances of the cluster that answer and are not in recovery'),
  labels: ['job', 'cls'],
  expr: promql`sum by (job, cls) (${isPrimary})`,
});

/** Replicas among the instances that answer; absent when none answers. */
export const clusterReplicas = defineRecording('pg:cls:replica_count', {
  ...gauge('count', 'Instances of the cluster that answer and are in recovery'),
  labels: ['job', 'cls'],
  expr: promql`sum by (job, cls) (1 - ${isPrimary})`,
});

/** Parts that accept writes: 1 is right, more are a split brain, 0 while scraped instances have no primary that answers. */
export const clusterPartitions = defineRecording('pg:cls:partition', {
  ...gauge('count', 'Instances that answer and accept writes, 0 when none does'),
  labels: ['job', 'cls'],
  expr: promql`sum by (job, cls) (${isPrimary}) or 0 * count by (job, cls) (${pgUp})`,
});

export const memberRecordings = [
  instanceIsPrimary,
  instanceIsLeader,
  instanceStatus,
  clusterMembers,
  clusterLeader,
  clusterSize,
  clusterAlive,
  clusterPrimaries,
  clusterReplicas,
  clusterPartitions,
];
