import { patroniMetrics, pgInRecovery, pgUp, promql, type Expr } from '@pgattest/catalog';

const alive = promql`on (job, cls, ins) (${pgUp} == 1)`;

/**
 * Instances that answer and accept writes, value 0. The exporter keeps the last known role while the server is down, so a
 * stopped former primary would else count.
 */
export const livePrimary: Expr = promql`(${pgInRecovery} == 0 and ${alive})`;

/** Instances that answer and are in recovery, value 1. */
export const liveReplica: Expr = promql`(${pgInRecovery} == 1 and ${alive})`;

/**
 * Standby clusters: their leader is in recovery, and a cluster that had one within the hour still is one while it has
 * lost it.
 */
export const standbyClusters: Expr = promql`(max by (cls) (max_over_time(${patroniMetrics.patroniStandbyLeader}[1h])) == 1)`;

/** Standby leaders by the name under which their upstream knows them. */
export const standbyLeaderNames: Expr = promql`label_replace(${patroniMetrics.patroniStandbyLeader} == 1, "appname", "$1", "ins", "(.+)")`;
