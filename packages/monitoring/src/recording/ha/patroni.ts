import { gauge, patroniMetrics, promql, type Unit } from '@pgattest/catalog';
import { defineRecording } from '../../model.ts';
import { levelLabels } from '../level.ts';
import { patroniUp } from '../targets.ts';

const cluster = (name: string, unit: Unit, help: string, expr: ReturnType<typeof promql>) =>
  defineRecording(`patroni:cls:${name}`, { ...gauge(unit, help), labels: levelLabels.cls, expr });

/** How long a member has not reached the DCS; absent until it first did. */
export const instanceDcsAge = defineRecording('patroni:ins:dcs_age_seconds', {
  ...gauge('seconds', 'Time since this Patroni last reached the DCS'),
  labels: [...levelLabels.ins, 'scope'],
  expr: promql`time() - (${patroniMetrics.patroniDcsLastSeen} > 0)`,
});

/** The member that has not reached the DCS for longest. */
export const clusterDcsAge = cluster(
  'dcs_age_seconds',
  'seconds',
  'Time since the member that is worst off last reached the DCS',
  promql`max by (job, cls) (${instanceDcsAge})`,
);

/** Members by Patroni, reachable or not. */
export const patroniMembers = cluster(
  'member_count',
  'count',
  'Members whose Patroni is scraped, reachable or not',
  promql`count by (job, cls) (${patroniUp})`,
);

/** Members whose Patroni cannot be asked. */
export const patroniDown = cluster(
  'down_count',
  'count',
  'Members whose Patroni cannot be scraped',
  promql`sum by (job, cls) (1 - ${patroniUp})`,
);

/** Members whose PostgreSQL runs, as Patroni sees it. */
export const patroniRunning = cluster(
  'running_count',
  'count',
  'Members whose PostgreSQL runs, as Patroni sees it',
  promql`sum by (job, cls) (${patroniMetrics.patroniPostgresRunning})`,
);

/** Leaders as Patroni sees them; standby leaders count. */
export const patroniLeaders = cluster(
  'leader_count',
  'count',
  'Members that run as primary or lead a standby cluster, as Patroni sees it',
  promql`sum by (job, cls) (${patroniMetrics.patroniPrimary} + ${patroniMetrics.patroniStandbyLeader})`,
);

/** Members that may take over without loss, since Patroni 3.0.2. */
export const patroniSyncStandbys = cluster(
  'sync_standby_count',
  'count',
  'Members that are synchronous standbys, as Patroni sees it',
  promql`sum by (job, cls) (${patroniMetrics.patroniSyncStandby})`,
);

/** Members that see nobody hold the leader lock. */
export const patroniUnlocked = cluster(
  'unlocked_count',
  'count',
  'Members that see nobody hold the leader lock',
  promql`sum by (job, cls) (${patroniMetrics.patroniClusterUnlocked})`,
);

/** Members that failsafe mode keeps going without the DCS. */
export const patroniFailsafe = cluster(
  'failsafe_count',
  'count',
  'Members on which failsafe mode is in use now',
  promql`sum by (job, cls) (${patroniMetrics.patroniFailsafeModeIsActive})`,
);

/** Whether automatic failover is switched off. */
export const patroniPaused = cluster(
  'paused',
  'bool',
  'Whether automatic failover is switched off, by any member',
  promql`max by (job, cls) (${patroniMetrics.patroniIsPaused})`,
);

/** Members with a setting that waits for a restart. */
export const patroniPendingRestarts = cluster(
  'pending_restart_count',
  'count',
  'Members with a setting that waits for a restart',
  promql`sum by (job, cls) (${patroniMetrics.patroniPendingRestart})`,
);

/** Members that do not agree on the timeline. */
export const patroniTimelineSpread = cluster(
  'timeline_spread',
  'count',
  'Difference of the newest and the oldest timeline of the members, as Patroni sees them',
  promql`max by (job, cls) (${patroniMetrics.patroniPostgresTimeline} > 0) - min by (job, cls) (${patroniMetrics.patroniPostgresTimeline} > 0)`,
);

export const patroniRecordings = [
  instanceDcsAge,
  clusterDcsAge,
  patroniMembers,
  patroniDown,
  patroniRunning,
  patroniLeaders,
  patroniSyncStandbys,
  patroniUnlocked,
  patroniFailsafe,
  patroniPaused,
  patroniPendingRestarts,
  patroniTimelineSpread,
];
