import { pgTlsMinVersion } from './postgres/pg-tls-min-version.ts';
import { pgTlsRequired } from './postgres/pg-tls-required.ts';
import { pgTlsSessions } from './postgres/pg-tls-sessions.ts';
import { pgTlsCertificate } from './postgres/pg-tls-certificate.ts';
import { pgTlsReplication } from './postgres/pg-tls-replication.ts';
import { pgLogCollector } from './postgres/pg-log-collector.ts';
import { pgLogConnections } from './postgres/pg-log-connections.ts';
import { pgLogDisconnections } from './postgres/pg-log-disconnections.ts';
import { pgLogStatementDdl } from './postgres/pg-log-statement-ddl.ts';
import { pgAuditExtension } from './postgres/pg-audit-extension.ts';
import { pgLogFields } from './postgres/pg-log-fields.ts';
import { pgLogTimezoneUtc } from './postgres/pg-log-timezone-utc.ts';
import { pgLogReplicationCommands } from './postgres/pg-log-replication-commands.ts';
import { pgLogThresholds } from './postgres/pg-log-thresholds.ts';
import { pgLogFileMode } from './postgres/pg-log-file-mode.ts';
import { pgLogRotationKeeps } from './postgres/pg-log-rotation-keeps.ts';
import { pgLogDebugOff } from './postgres/pg-log-debug-off.ts';
import { pgLogLocks } from './postgres/pg-log-locks.ts';
import { pgChecksumsEnabled } from './postgres/pg-checksums-enabled.ts';
import { pgNoChecksumFailures } from './postgres/pg-no-checksum-failures.ts';
import { pgDurabilityKept } from './postgres/pg-durability-kept.ts';
import { pgRewindPossible } from './postgres/pg-rewind-possible.ts';
import { pgCollationVersions } from './postgres/pg-collation-versions.ts';
import { pgNoPendingRestart } from './postgres/pg-no-pending-restart.ts';
import { pgSlotsSafe } from './postgres/pg-slots-safe.ts';
import { pgReplicationRoleLimited } from './postgres/pg-replication-role-limited.ts';
import { pgVersionSupported } from './postgres/pg-version-supported.ts';
import { pgConfigFilesClean } from './postgres/pg-config-files-clean.ts';
import { clusterOnePrimary } from './cluster/cluster-one-primary.ts';
import { clusterHotRedundancy } from './cluster/cluster-hot-redundancy.ts';
import { clusterSyncMode } from './cluster/cluster-sync-mode.ts';
import { clusterReplicationStreaming } from './cluster/cluster-replication-streaming.ts';
import { clusterSettingsSymmetrical } from './cluster/cluster-settings-symmetrical.ts';
import { clusterSameVersion } from './cluster/cluster-same-version.ts';
import { clusterLogSettingsIdentical } from './cluster/cluster-log-settings-identical.ts';
import { clusterSecuritySettingsIdentical } from './cluster/cluster-security-settings-identical.ts';
import { pgTlsEnabled } from './postgres/pg-tls-enabled.ts';

/** Every check, grouped by file folder. */
export const checks = [
  pgTlsEnabled,
  pgTlsMinVersion,
  pgTlsRequired,
  pgTlsSessions,
  pgTlsCertificate,
  pgTlsReplication,
  pgLogCollector,
  pgLogConnections,
  pgLogDisconnections,
  pgLogStatementDdl,
  pgAuditExtension,
  pgLogFields,
  pgLogTimezoneUtc,
  pgLogReplicationCommands,
  pgLogThresholds,
  pgLogFileMode,
  pgLogRotationKeeps,
  pgLogDebugOff,
  pgLogLocks,
  pgChecksumsEnabled,
  pgNoChecksumFailures,
  pgDurabilityKept,
  pgRewindPossible,
  pgCollationVersions,
  pgNoPendingRestart,
  pgSlotsSafe,
  pgReplicationRoleLimited,
  pgVersionSupported,
  pgConfigFilesClean,
  clusterOnePrimary,
  clusterHotRedundancy,
  clusterSyncMode,
  clusterReplicationStreaming,
  clusterSettingsSymmetrical,
  clusterSameVersion,
  clusterLogSettingsIdentical,
  clusterSecuritySettingsIdentical,
] as const;
export type CheckId = (typeof checks)[number]['id'];
