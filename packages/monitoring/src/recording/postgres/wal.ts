import { gauge, pgCheckpointer, pgCore, promql } from '@pgattest/catalog';
import { defineRecording } from '../../model.ts';
import { levelLabels } from '../level.ts';

/**
 * WAL written on a primary, replayed on a replica. By the difference, not as a counter: a position that goes back, as
 * after pg_rewind, is no restart from 0, whose whole length would be a rate.
 */
export const instanceWalRate = defineRecording('pg:ins:lsn_rate1m', {
  ...gauge('bytes', 'WAL written or replayed per second'),
  labels: levelLabels.ins,
  expr: promql`clamp_min(delta(${pgCore.m.lsn}[1m]) / 60, 0)`,
});

/** WAL of a cluster: that of its fastest member, since the others replay the same. */
export const clusterWalRate = defineRecording('pg:cls:lsn_rate1m', {
  ...gauge('bytes', 'WAL of the cluster per second'),
  labels: levelLabels.cls,
  expr: promql`max by (job, cls) (${instanceWalRate})`,
});

/** WAL of all clusters. */
export const allWalRate = defineRecording('pg:env:lsn_rate1m', {
  ...gauge('bytes', 'WAL of all clusters per second'),
  labels: levelLabels.env,
  expr: promql`sum by (job) (${clusterWalRate})`,
});

/** Checkpoints begun by time. */
export const timedCheckpoints = defineRecording('pg:ins:ckpt_timed_1m', {
  ...gauge('count', 'Checkpoints begun by time within a minute'),
  labels: levelLabels.ins,
  expr: promql`increase(${pgCheckpointer.m.timed}[1m])`,
});

/** Checkpoints begun by request: above that of the timed ones, max_wal_size is too small. */
export const requestedCheckpoints = defineRecording('pg:ins:ckpt_req_1m', {
  ...gauge('count', 'Checkpoints begun by request within a minute'),
  labels: levelLabels.ins,
  expr: promql`increase(${pgCheckpointer.m.req}[1m])`,
});

/** Checkpoints of an hour. */
export const checkpoints = defineRecording('pg:ins:ckpt_1h', {
  ...gauge('count', 'Checkpoints begun within an hour'),
  labels: levelLabels.ins,
  expr: promql`increase(${pgCheckpointer.m.timed}[1h]) + increase(${pgCheckpointer.m.req}[1h])`,
});

export const walRecordings = [
  instanceWalRate,
  clusterWalRate,
  allWalRate,
  timedCheckpoints,
  requestedCheckpoints,
  checkpoints,
];
