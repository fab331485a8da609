import { auditCheckFailing } from './audit-check-failing.ts';
import { auditEvidenceStale } from './audit-evidence-stale.ts';
import { auditMemberUnreachable } from './audit-member-unreachable.ts';
import { auditRunFailing } from './audit-run-failing.ts';
import { postgresArchiverFailing } from './postgres-archiver-failing.ts';
import { postgresChecksumFailure } from './postgres-checksum-failure.ts';
import { postgresCollectorFailing } from './postgres-collector-failing.ts';
import { postgresConnectionsNearlyExhausted } from './postgres-connections-nearly-exhausted.ts';
import { postgresDown } from './postgres-down.ts';
import { postgresExporterDown } from './postgres-exporter-down.ts';
import { postgresMoreThanOnePrimary } from './postgres-more-than-one-primary.ts';
import { postgresNoPrimary } from './postgres-no-primary.ts';
import { postgresReplicationBroken } from './postgres-replication-broken.ts';
import { postgresReplicationLagBytes } from './postgres-replication-lag-bytes.ts';
import { postgresReplicationLagSeconds } from './postgres-replication-lag-seconds.ts';
import { postgresSlotAtRisk } from './postgres-slot-at-risk.ts';
import { postgresSyncStandbyLost } from './postgres-sync-standby-lost.ts';
import type { Alert } from '../model.ts';

/** Alerts on PostgreSQL instances and clusters. */
export const postgresAlerts: readonly Alert[] = [
  postgresArchiverFailing,
  postgresChecksumFailure,
  postgresCollectorFailing,
  postgresConnectionsNearlyExhausted,
  postgresDown,
  postgresExporterDown,
  postgresMoreThanOnePrimary,
  postgresNoPrimary,
  postgresReplicationBroken,
  postgresReplicationLagBytes,
  postgresReplicationLagSeconds,
  postgresSlotAtRisk,
  postgresSyncStandbyLost,
];

/** Alerts on the verdicts of the auditor and on the auditor itself. */
export const auditAlerts: readonly Alert[] = [
  auditCheckFailing,
  auditEvidenceStale,
  auditMemberUnreachable,
  auditRunFailing,
];
