import type { Inhibition } from './inhibition.ts';

/** Instances, roles and replication. */
export const clusterInhibitions: readonly Inhibition[] = [
  {
    cause: 'PostgresInstanceUnreachable',
    hides: ['PatroniDown', 'PostgresExporterDown', 'PgbouncerExporterDown', 'BackrestExporterDown'],
    same: ['cls', 'ins'],
    why: 'all of them run on the node that is gone',
  },
  {
    cause: 'PostgresMonitorRefused',
    hides: ['PostgresDown', 'ExporterDatabaseUnread'],
    same: ['cls', 'ins'],
    why: 'to the exporter a server that refuses its role looks like one that is down',
  },
  {
    cause: 'PostgresMonitorRefused',
    hides: ['PostgresNoPrimary'],
    same: ['cls'],
    why: 'roles are replicated: a refused one leaves no member that answers, while Patroni and HAProxy see the primary',
  },
  {
    cause: 'PostgresNoPrimary',
    hides: [
      'PostgresDown',
      'PatroniDown',
      'PatroniClusterUnlocked',
      'HaproxyNoPrimary',
      'PgbouncerPoolStalled',
      'PgbouncerWaitTooLong',
      'PgbouncerClientsWaiting',
      'PostgresReplicationBroken',
      'VipMissing',
      'VipNotOnLeader',
    ],
    same: ['cls'],
    why: 'without a primary nobody holds the lock, replicas have nobody to follow, and services and pools have nobody to serve',
  },
  {
    cause: 'PatroniClusterUnlocked',
    hides: ['HaproxyNoPrimary', 'VipMissing'],
    same: ['cls'],
    why: 'who holds no lock answers no check',
  },
  {
    cause: 'PostgresMoreThanOnePrimary',
    hides: ['PatroniOrphanPrimary', 'PatroniDown', 'HaproxyTwoPrimaries', 'PatroniTimelineDiverged', 'VipOnTwoNodes'],
    same: ['cls'],
    why: 'they are the ways in which a second primary shows',
  },
  {
    cause: 'PatroniOrphanPrimary',
    hides: ['PatroniDown'],
    same: ['cls', 'ins'],
    why: 'it fires because that Patroni is down, and says what that does',
  },
  {
    cause: 'PatroniFailoversTooOften',
    hides: ['HaproxyServerFlapping'],
    same: ['cls'],
    why: 'each change of primary takes a server down and another up',
  },
  {
    cause: 'PostgresDown',
    hides: ['PgbouncerPoolStalled', 'PgbouncerWaitTooLong', 'PgbouncerClientsWaiting'],
    same: ['cls', 'ins'],
    why: 'the pooler of the node has no server',
  },
  {
    cause: 'PostgresCommitsWaiting',
    hides: ['PostgresSyncStandbyLost'],
    same: ['cls', 'ins'],
    why: 'the lost standby is what the commits wait for',
  },
  {
    cause: 'PostgresSyncStandbyLost',
    hides: ['PostgresNoFailoverCandidate'],
    same: ['cls', 'ins'],
    why: 'the last standby was the synchronous one',
  },
  {
    cause: 'PostgresNoFailoverCandidate',
    hides: ['PostgresReplicationBroken', 'HaproxyReplicasServedByBackup'],
    same: ['cls'],
    why: 'no standby is attached, so none streams and none serves reads',
  },
  {
    cause: 'PostgresReplicationBroken',
    hides: ['PostgresReplayStuck', 'PatroniTimelineDiverged'],
    same: ['cls', 'ins'],
    why: 'who receives no WAL replays none and stays on the timeline it was on',
  },
  {
    cause: 'PostgresReplayPaused',
    hides: ['PostgresReplayStuck'],
    same: ['cls', 'ins'],
    why: 'the pause is why nothing is replayed',
  },
  {
    cause: 'PostgresRpoAtRisk',
    hides: ['PostgresReplicationLagBytes'],
    same: ['cls', 'ins'],
    why: 'all standbys are behind, so each is',
  },
  {
    cause: 'PostgresRtoAtRisk',
    hides: ['PostgresReplicationLagSeconds'],
    same: ['cls', 'ins'],
    why: 'all standbys are behind, so each is',
  },
  {
    cause: 'PostgresWraparoundNear',
    hides: ['PostgresFreezeBehind'],
    same: ['cls', 'ins', 'datname'],
    why: 'freezing that does not keep up is why ids run out',
  },
  {
    cause: 'VipOnTwoNodes',
    hides: ['VipNotOnLeader'],
    same: ['cls'],
    why: 'one of the two is not the leader',
  },
];
