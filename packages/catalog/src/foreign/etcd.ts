import { counter, defineMetric, gauge } from '../model.ts';

/**
 * What etcd 3.4 to 3.6 says at /metrics, as far as our rules and dashboards read it. `instance` names the member: etcd
 * knows only its own hexadecimal id. Source: etcd documentation, Metrics.
 */
export const etcdMetrics = Object.freeze({
  etcdHasLeader: defineMetric('etcd_server_has_leader', gauge('bool', 'Whether the member knows a leader'), [
    'instance',
  ]),
  etcdIsLeader: defineMetric('etcd_server_is_leader', gauge('bool', 'Whether the member leads'), ['instance']),
  etcdIsLearner: defineMetric('etcd_server_is_learner', gauge('bool', 'Whether the member has no vote'), ['instance']),
  etcdLeaderChangesTotal: defineMetric(
    'etcd_server_leader_changes_seen_total',
    counter('count', 'Changes of leader the member has seen'),
    ['instance'],
  ),
  etcdProposalsCommittedTotal: defineMetric(
    'etcd_server_proposals_committed_total',
    gauge('count', 'Proposals committed'),
    ['instance'],
  ),
  etcdProposalsAppliedTotal: defineMetric('etcd_server_proposals_applied_total', gauge('count', 'Proposals applied'), [
    'instance',
  ]),
  etcdProposalsPending: defineMetric('etcd_server_proposals_pending', gauge('count', 'Proposals that wait'), [
    'instance',
  ]),
  etcdProposalsFailedTotal: defineMetric(
    'etcd_server_proposals_failed_total',
    counter('count', 'Proposals that failed, mostly for lack of a leader'),
    ['instance'],
  ),
  etcdSlowApplyTotal: defineMetric('etcd_server_slow_apply_total', counter('count', 'Requests that applied slowly'), [
    'instance',
  ]),
  etcdHeartbeatSendFailuresTotal: defineMetric(
    'etcd_server_heartbeat_send_failures_total',
    counter('count', 'Heartbeats a leader could not send in time, a sign of a busy disk'),
    ['instance'],
  ),
  etcdQuotaBytes: defineMetric('etcd_server_quota_backend_bytes', gauge('bytes', 'Size at which writes are refused'), [
    'instance',
  ]),
  etcdDbSizeBytes: defineMetric('etcd_mvcc_db_total_size_in_bytes', gauge('bytes', 'Size of the database file'), [
    'instance',
  ]),
  etcdDbSizeInUseBytes: defineMetric(
    'etcd_mvcc_db_total_size_in_use_in_bytes',
    gauge('bytes', 'Part of the database file in use; the rest returns with a defragmentation'),
    ['instance'],
  ),
  etcdKeysTotal: defineMetric('etcd_debugging_mvcc_keys_total', gauge('count', 'Keys'), ['instance']),
  etcdWalFsyncSecondsBucket: defineMetric(
    'etcd_disk_wal_fsync_duration_seconds_bucket',
    counter('count', 'Syncs of the log by how long they took (cumulative bucket)'),
    ['instance', 'le'],
  ),
  etcdBackendCommitSecondsBucket: defineMetric(
    'etcd_disk_backend_commit_duration_seconds_bucket',
    counter('count', 'Commits of the database by how long they took (cumulative bucket)'),
    ['instance', 'le'],
  ),
  etcdPeerRoundTripSecondsBucket: defineMetric(
    'etcd_network_peer_round_trip_time_seconds_bucket',
    counter('count', 'Messages to a peer by how long the answer took (cumulative bucket)'),
    ['instance', 'To', 'le'],
  ),
  etcdClientRequestsTotal: defineMetric('etcd_server_client_requests_total', counter('count', 'Requests of clients'), [
    'instance',
    'type',
  ]),
  etcdPutTotal: defineMetric('etcd_mvcc_put_total', counter('count', 'Keys written'), ['instance']),
  etcdRangeTotal: defineMetric('etcd_mvcc_range_total', counter('count', 'Reads'), ['instance']),
  etcdLeaseExpiredTotal: defineMetric(
    'etcd_debugging_server_lease_expired_total',
    counter('count', 'Leases that ran out: members that stopped renewing'),
    ['instance'],
  ),
  /** Not before 3.6; without it a database as large as its quota tells of the alarm NOSPACE. */
  etcdAlarms: defineMetric(
    'etcd_debugging_server_alarms',
    gauge('bool', 'Whether an alarm is raised: NOSPACE refuses writes, CORRUPT says members differ'),
    ['instance', 'server_id', 'alarm_type'],
  ),
  etcdServerVersion: defineMetric('etcd_server_version', gauge('info', 'Version, always 1'), [
    'instance',
    'server_version',
  ]),
});
