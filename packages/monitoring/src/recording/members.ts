import { gauge, pgInRecovery, pgUp, promql } from '@pgattest/catalog';
import { defineRecording } from '../model.ts';

/**
 * 1 on a primary, 0 on a replica, absent while the server cannot be asked.
 * `pg_in_recovery` keeps its last value while the server is down, so it counts only together with `pg_up`.
 */
export const instanceIsPrimary = defineRecording('pg:ins:is_primary', {
  ...gauge('bool', 'Whether the instance answers and is not in recovery'),
  labels: ['job', 'cls', 'ins', 'ip'],
  expr: promql`(1 - ${pgInRecovery}) and on (job, cls, ins) (${pgUp} == 1)`,
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
  expr: promql`sum by (job, cls) (${instanceIsPrimary})`,
});
