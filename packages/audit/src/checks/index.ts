import { clusterHbaIdentical } from './cluster/cluster-hba-identical.ts';
import { clusterHotRedundancy } from './cluster/cluster-hot-redundancy.ts';
import { clusterLogSettingsIdentical } from './cluster/cluster-log-settings-identical.ts';
import { clusterOnePrimary } from './cluster/cluster-one-primary.ts';
import { clusterReplicationStreaming } from './cluster/cluster-replication-streaming.ts';
import { clusterSameVersion } from './cluster/cluster-same-version.ts';
import { clusterSecuritySettingsIdentical } from './cluster/cluster-security-settings-identical.ts';
import { clusterSettingsSymmetrical } from './cluster/cluster-settings-symmetrical.ts';
import { clusterSyncMode } from './cluster/cluster-sync-mode.ts';
import { pgAuditExtension } from './postgres/pg-audit-extension.ts';
import { pgAuthDelay } from './postgres/pg-auth-delay.ts';
import { pgAuthenticationTimeout } from './postgres/pg-authentication-timeout.ts';
import { pgChecksumsEnabled } from './postgres/pg-checksums-enabled.ts';
import { pgCollationVersions } from './postgres/pg-collation-versions.ts';
import { pgConfigFilesClean } from './postgres/pg-config-files-clean.ts';
import { pgDurabilityKept } from './postgres/pg-durability-kept.ts';
import { pgHbaNoCleartext } from './postgres/pg-hba-no-cleartext.ts';
import { pgHbaNoDeadRules } from './postgres/pg-hba-no-dead-rules.ts';
import { pgHbaNoMd5 } from './postgres/pg-hba-no-md5.ts';
import { pgHbaNoTrust } from './postgres/pg-hba-no-trust.ts';
import { pgHbaNotBroad } from './postgres/pg-hba-not-broad.ts';
import { pgHbaParses } from './postgres/pg-hba-parses.ts';
import { pgHbaSuperuserLocal } from './postgres/pg-hba-superuser-local.ts';
import { pgIdentMapsNarrow } from './postgres/pg-ident-maps-narrow.ts';
import { pgIdleTimeout } from './postgres/pg-idle-timeout.ts';
import { pgLogCollector } from './postgres/pg-log-collector.ts';
import { pgLogConnections } from './postgres/pg-log-connections.ts';
import { pgLogDebugOff } from './postgres/pg-log-debug-off.ts';
import { pgLogDisconnections } from './postgres/pg-log-disconnections.ts';
import { pgLogFields } from './postgres/pg-log-fields.ts';
import { pgLogFileMode } from './postgres/pg-log-file-mode.ts';
import { pgLogLocks } from './postgres/pg-log-locks.ts';
import { pgLogReplicationCommands } from './postgres/pg-log-replication-commands.ts';
import { pgLogRotationKeeps } from './postgres/pg-log-rotation-keeps.ts';
import { pgLogStatementDdl } from './postgres/pg-log-statement-ddl.ts';
import { pgLogThresholds } from './postgres/pg-log-thresholds.ts';
import { pgLogTimezoneUtc } from './postgres/pg-log-timezone-utc.ts';
import { pgNoChecksumFailures } from './postgres/pg-no-checksum-failures.ts';
import { pgNoPendingRestart } from './postgres/pg-no-pending-restart.ts';
import { pgPasswordComplexity } from './postgres/pg-password-complexity.ts';
import { pgPasswordEncryptionScram } from './postgres/pg-password-encryption-scram.ts';
import { pgPasswordExpiry } from './postgres/pg-password-expiry.ts';
import { pgPasswordlessLogin } from './postgres/pg-passwordless-login.ts';
import { pgPredefinedRolesLimited } from './postgres/pg-predefined-roles-limited.ts';
import { pgPublicNoConnect } from './postgres/pg-public-no-connect.ts';
import { pgPublicSchemaNoCreate } from './postgres/pg-public-schema-no-create.ts';
import { pgReplicationRoleLimited } from './postgres/pg-replication-role-limited.ts';
import { pgRewindPossible } from './postgres/pg-rewind-possible.ts';
import { pgRoleAttributesLimited } from './postgres/pg-role-attributes-limited.ts';
import { pgRoleConnectionLimits } from './postgres/pg-role-connection-limits.ts';
import { pgRoleNotExpired } from './postgres/pg-role-not-expired.ts';
import { pgRoleSecretsScram } from './postgres/pg-role-secrets-scram.ts';
import { pgRoleSettingsNotWeakened } from './postgres/pg-role-settings-not-weakened.ts';
import { pgScramIterations } from './postgres/pg-scram-iterations.ts';
import { pgSecurityDefinerSafe } from './postgres/pg-security-definer-safe.ts';
import { pgSettingsNoPassword } from './postgres/pg-settings-no-password.ts';
import { pgSlotsSafe } from './postgres/pg-slots-safe.ts';
import { pgTlsCertificate } from './postgres/pg-tls-certificate.ts';
import { pgTlsEnabled } from './postgres/pg-tls-enabled.ts';
import { pgTlsMinVersion } from './postgres/pg-tls-min-version.ts';
import { pgTlsReplication } from './postgres/pg-tls-replication.ts';
import { pgTlsRequired } from './postgres/pg-tls-required.ts';
import { pgTlsSessions } from './postgres/pg-tls-sessions.ts';
import { pgUnixSocketLimited } from './postgres/pg-unix-socket-limited.ts';
import { pgUntrustedLanguages } from './postgres/pg-untrusted-languages.ts';
import { pgVersionSupported } from './postgres/pg-version-supported.ts';

/** Every check, grouped by file folder. */
export const checks = [
  clusterHbaIdentical,
  clusterHotRedundancy,
  clusterLogSettingsIdentical,
  clusterOnePrimary,
  clusterReplicationStreaming,
  clusterSameVersion,
  clusterSecuritySettingsIdentical,
  clusterSettingsSymmetrical,
  clusterSyncMode,
  pgAuditExtension,
  pgAuthDelay,
  pgAuthenticationTimeout,
  pgChecksumsEnabled,
  pgCollationVersions,
  pgConfigFilesClean,
  pgDurabilityKept,
  pgHbaNoCleartext,
  pgHbaNoDeadRules,
  pgHbaNoMd5,
  pgHbaNoTrust,
  pgHbaNotBroad,
  pgHbaParses,
  pgHbaSuperuserLocal,
  pgIdentMapsNarrow,
  pgIdleTimeout,
  pgLogCollector,
  pgLogConnections,
  pgLogDebugOff,
  pgLogDisconnections,
  pgLogFields,
  pgLogFileMode,
  pgLogLocks,
  pgLogReplicationCommands,
  pgLogRotationKeeps,
  pgLogStatementDdl,
  pgLogThresholds,
  pgLogTimezoneUtc,
  pgNoChecksumFailures,
  pgNoPendingRestart,
  pgPasswordComplexity,
  pgPasswordEncryptionScram,
  pgPasswordExpiry,
  pgPasswordlessLogin,
  pgPredefinedRolesLimited,
  pgPublicNoConnect,
  pgPublicSchemaNoCreate,
  pgReplicationRoleLimited,
  pgRewindPossible,
  pgRoleAttributesLimited,
  pgRoleConnectionLimits,
  pgRoleNotExpired,
  pgRoleSecretsScram,
  pgRoleSettingsNotWeakened,
  pgScramIterations,
  pgSecurityDefinerSafe,
  pgSettingsNoPassword,
  pgSlotsSafe,
  pgTlsCertificate,
  pgTlsEnabled,
  pgTlsMinVersion,
  pgTlsReplication,
  pgTlsRequired,
  pgTlsSessions,
  pgUnixSocketLimited,
  pgUntrustedLanguages,
  pgVersionSupported,
] as const;
export type CheckId = (typeof checks)[number]['id'];
