import { counter, defineMetric, gauge, state } from '../model.ts';

const scope = ['scope'] as const;

/**
 * What Patroni's REST API says at /metrics, 2.1 to 4.1. The label `name` came with 3.2.0 and is not relied on: `ins` of the
 * scrape configuration names the member. Absent before the version given. Source: patroni/api.py.
 */
export const patroniMetrics = Object.freeze({
  patroniVersion: defineMetric('patroni_version', gauge('id', 'Version of Patroni, 40104 for 4.1.4'), scope),
  patroniPostgresRunning: defineMetric(
    'patroni_postgres_running',
    gauge('bool', 'Whether PostgreSQL runs, as Patroni sees it'),
    scope,
  ),
  patroniPostmasterStartTime: defineMetric(
    'patroni_postmaster_start_time',
    gauge('timestamp_seconds', 'When the postmaster started, 0 when Patroni does not know'),
    scope,
  ),
  /** Since 3.0.0; `patroni_master` before it. */
  patroniPrimary: defineMetric('patroni_primary', gauge('bool', 'Whether the member is a running primary'), scope),
  patroniStandbyLeader: defineMetric(
    'patroni_standby_leader',
    gauge('bool', 'Whether the member leads a standby cluster'),
    scope,
  ),
  patroniReplica: defineMetric('patroni_replica', gauge('bool', 'Whether the member is a running replica'), scope),
  /** Since 3.0.2. */
  patroniSyncStandby: defineMetric(
    'patroni_sync_standby',
    gauge('bool', 'Whether the member is a synchronous standby'),
    scope,
  ),
  patroniXlogLocation: defineMetric(
    'patroni_xlog_location',
    counter('lsn', 'WAL position of a primary, 0 on replicas'),
    scope,
  ),
  patroniXlogReceivedLocation: defineMetric(
    'patroni_xlog_received_location',
    counter('lsn', 'WAL position a replica has received, 0 on the primary'),
    scope,
  ),
  patroniXlogReplayedLocation: defineMetric(
    'patroni_xlog_replayed_location',
    counter('lsn', 'WAL position a replica has replayed, 0 on the primary'),
    scope,
  ),
  patroniXlogReplayedTimestamp: defineMetric(
    'patroni_xlog_replayed_timestamp',
    gauge('timestamp_seconds', 'Commit time of the last transaction a replica has replayed'),
    scope,
  ),
  patroniXlogPaused: defineMetric('patroni_xlog_paused', gauge('bool', 'Whether replay is paused'), scope),
  patroniPostgresServerVersion: defineMetric(
    'patroni_postgres_server_version',
    gauge('id', 'server_version_num of PostgreSQL'),
    scope,
  ),
  patroniClusterUnlocked: defineMetric(
    'patroni_cluster_unlocked',
    gauge('bool', 'Whether nobody holds the leader lock'),
    scope,
  ),
  /** In use right now, not configured: 0 while etcd answers. */
  patroniFailsafeModeIsActive: defineMetric(
    'patroni_failsafe_mode_is_active',
    gauge('bool', 'Whether failsafe mode keeps the primary without the DCS'),
    scope,
  ),
  /** In no release up to 4.1.4: the audit check of failsafe_mode says it for those. */
  patroniFailsafeModeEnabled: defineMetric(
    'patroni_failsafe_mode_enabled',
    gauge('bool', 'Whether failsafe mode is configured'),
    scope,
  ),
  patroniPostgresTimeline: defineMetric('patroni_postgres_timeline', gauge('id', 'Timeline of the member'), scope),
  /** Since 2.1.4. */
  patroniDcsLastSeen: defineMetric(
    'patroni_dcs_last_seen',
    gauge('timestamp_seconds', 'When Patroni last reached the DCS'),
    scope,
  ),
  /** Since 2.1.4. */
  patroniPendingRestart: defineMetric(
    'patroni_pending_restart',
    gauge('bool', 'Whether a setting waits for a restart'),
    scope,
  ),
  /** Since 2.1.4. */
  patroniIsPaused: defineMetric(
    'patroni_is_paused',
    gauge('bool', 'Whether automatic failover is switched off'),
    scope,
  ),
  /** Since 4.1.0. */
  patroniPostgresState: defineMetric(
    'patroni_postgres_state',
    state('State of PostgreSQL as Patroni sees it', {
      0: 'initdb',
      1: 'initdb failed',
      2: 'custom bootstrap',
      3: 'custom bootstrap failed',
      4: 'creating replica',
      5: 'running',
      6: 'starting',
      7: 'bootstrap starting',
      8: 'start failed',
      9: 'restarting',
      10: 'restart failed',
      11: 'stopping',
      12: 'stopped',
      13: 'stop failed',
      14: 'crashed',
    }),
    scope,
  ),
});
