import type { AlertGroup } from '../../model.ts';
import { postgresCommitsWaiting } from './postgres-commits-waiting.ts';
import { postgresNoFailoverCandidate } from './postgres-no-failover-candidate.ts';
import { postgresReplayPaused } from './postgres-replay-paused.ts';
import { postgresReplayStuck } from './postgres-replay-stuck.ts';
import { postgresReplicationBroken } from './postgres-replication-broken.ts';
import { postgresReplicationLagBytes } from './postgres-replication-lag-bytes.ts';
import { postgresReplicationLagSeconds } from './postgres-replication-lag-seconds.ts';
import { postgresRpoAtRisk } from './postgres-rpo-at-risk.ts';
import { postgresRtoAtRisk } from './postgres-rto-at-risk.ts';
import { postgresSlotAbandoned } from './postgres-slot-abandoned.ts';
import { postgresSlotAtRisk } from './postgres-slot-at-risk.ts';
import { postgresSyncStandbyLost } from './postgres-sync-standby-lost.ts';

/** Replication, slots and what a failover would cost. */
export const replicationAlertGroup: AlertGroup = {
  name: 'replication',
  about: 'Replication, slots and what a failover would cost',
  category: 'pgsql',
  interval: '10s',
  dashboard: 'pgattest-replication',
  alerts: [
    postgresCommitsWaiting,
    postgresNoFailoverCandidate,
    postgresReplayPaused,
    postgresReplayStuck,
    postgresReplicationBroken,
    postgresReplicationLagBytes,
    postgresReplicationLagSeconds,
    postgresRpoAtRisk,
    postgresRtoAtRisk,
    postgresSlotAbandoned,
    postgresSlotAtRisk,
    postgresSyncStandbyLost,
  ],
};
