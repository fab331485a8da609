import { backupFullFresh } from './cluster/backup-full-fresh.ts';
import { backupNoPageErrors } from './cluster/backup-no-page-errors.ts';
import { backupRecent } from './cluster/backup-recent.ts';
import { backupRepositoryShared } from './cluster/backup-repository-shared.ts';
import { backupScheduled } from './cluster/backup-scheduled.ts';
import { backupSizeSteady } from './cluster/backup-size-steady.ts';
import { backupStanzaHealthy } from './cluster/backup-stanza-healthy.ts';
import { backupVerified } from './cluster/backup-verified.ts';
import { backupWalContinuous } from './cluster/backup-wal-continuous.ts';
import { clusterArchivingWorks } from './cluster/cluster-archiving-works.ts';
import { clusterEtcdQuorum } from './cluster/cluster-etcd-quorum.ts';
import { clusterFailoverCandidate } from './cluster/cluster-failover-candidate.ts';
import { clusterFailoverLag } from './cluster/cluster-failover-lag.ts';
import { clusterFailsafeMode } from './cluster/cluster-failsafe-mode.ts';
import { clusterHbaIdentical } from './cluster/cluster-hba-identical.ts';
import { clusterHotRedundancy } from './cluster/cluster-hot-redundancy.ts';
import { clusterLeaderAgreed } from './cluster/cluster-leader-agreed.ts';
import { clusterLeaderKey } from './cluster/cluster-leader-key.ts';
import { clusterLogSettingsIdentical } from './cluster/cluster-log-settings-identical.ts';
import { clusterMembersDeclared } from './cluster/cluster-members-declared.ts';
import { clusterNotPaused } from './cluster/cluster-not-paused.ts';
import { clusterOnePrimary } from './cluster/cluster-one-primary.ts';
import { clusterPatroniTiming } from './cluster/cluster-patroni-timing.ts';
import { clusterReplicationStreaming } from './cluster/cluster-replication-streaming.ts';
import { clusterRtoEstimated } from './cluster/cluster-rto-estimated.ts';
import { clusterSameVersion } from './cluster/cluster-same-version.ts';
import { clusterSecuritySettingsIdentical } from './cluster/cluster-security-settings-identical.ts';
import { clusterSettingsSymmetrical } from './cluster/cluster-settings-symmetrical.ts';
import { clusterSyncMode } from './cluster/cluster-sync-mode.ts';
import { clusterTimeSynchronized } from './cluster/cluster-time-synchronized.ts';
import { etcdAccessControl } from './etcd/etcd-access-control.ts';
import { etcdCertificate } from './etcd/etcd-certificate.ts';
import { etcdClientTls } from './etcd/etcd-client-tls.ts';
import { etcdPeerTls } from './etcd/etcd-peer-tls.ts';
import { etcdSpace } from './etcd/etcd-space.ts';
import { etcdStable } from './etcd/etcd-stable.ts';
import { haproxyConfigLoaded } from './haproxy/haproxy-config-loaded.ts';
import { haproxyDetectionTime } from './haproxy/haproxy-detection-time.ts';
import { haproxyHealthChecks } from './haproxy/haproxy-health-checks.ts';
import { haproxyListenersDeclared } from './haproxy/haproxy-listeners-declared.ts';
import { haproxyLogsConnections } from './haproxy/haproxy-logs-connections.ts';
import { haproxyPasswordsOwn } from './haproxy/haproxy-passwords-own.ts';
import { haproxyReplicaLagLimit } from './haproxy/haproxy-replica-lag-limit.ts';
import { haproxySessionsCut } from './haproxy/haproxy-sessions-cut.ts';
import { haproxySocketProtected } from './haproxy/haproxy-socket-protected.ts';
import { haproxyStatsLogin } from './haproxy/haproxy-stats-login.ts';
import { haproxyTimeoutsAndLimits } from './haproxy/haproxy-timeouts-and-limits.ts';
import { haproxyUnprivileged } from './haproxy/haproxy-unprivileged.ts';
import { haproxyVersionSupported } from './haproxy/haproxy-version-supported.ts';
import { nodeAccessControlEnforcing } from './node/node-access-control-enforcing.ts';
import { nodeAccountPolicy } from './node/node-account-policy.ts';
import { nodeAuditDaemon } from './node/node-audit-daemon.ts';
import { nodeBackupAccessKeyOwn } from './node/node-backup-access-key-own.ts';
import { nodeBackupChecksPages } from './node/node-backup-checks-pages.ts';
import { nodeBackupEncrypted } from './node/node-backup-encrypted.ts';
import { nodeBackupFilesProtected } from './node/node-backup-files-protected.ts';
import { nodeBackupOffHost } from './node/node-backup-off-host.ts';
import { nodeBackupRetentionSet } from './node/node-backup-retention-set.ts';
import { nodeBackupWalNotDropped } from './node/node-backup-wal-not-dropped.ts';
import { nodeComponentsCurrent } from './node/node-components-current.ts';
import { nodeConfigFilesProtected } from './node/node-config-files-protected.ts';
import { nodeDataDirectoryProtected } from './node/node-data-directory-protected.ts';
import { nodeDiskHeadroom } from './node/node-disk-headroom.ts';
import { nodeExtensionFilesOwned } from './node/node-extension-files-owned.ts';
import { nodeFileIntegrity } from './node/node-file-integrity.ts';
import { nodeFirewallDefaultDeny } from './node/node-firewall-default-deny.ts';
import { nodeFirewallMinimal } from './node/node-firewall-minimal.ts';
import { nodeHistoryNoSecrets } from './node/node-history-no-secrets.ts';
import { nodeIpv6Covered } from './node/node-ipv6-covered.ts';
import { nodeLibrariesTrusted } from './node/node-libraries-trusted.ts';
import { nodeListenersExpected } from './node/node-listeners-expected.ts';
import { nodeLoginBlocking } from './node/node-login-blocking.ts';
import { nodeMalwareProtection } from './node/node-malware-protection.ts';
import { nodeMemoryResidue } from './node/node-memory-residue.ts';
import { nodeMinimalInstallation } from './node/node-minimal-installation.ts';
import { nodeNoLeftovers } from './node/node-no-leftovers.ts';
import { nodePackagesSigned } from './node/node-packages-signed.ts';
import { nodePgAccountLocked } from './node/node-pg-account-locked.ts';
import { nodeRunningVersionInstalled } from './node/node-running-version-installed.ts';
import { nodeSecurityUpdates } from './node/node-security-updates.ts';
import { nodeServicesNotRoot } from './node/node-services-not-root.ts';
import { nodeSshHardened } from './node/node-ssh-hardened.ts';
import { nodeSshSourcesLimited } from './node/node-ssh-sources-limited.ts';
import { nodeSudoLimited } from './node/node-sudo-limited.ts';
import { nodeTrustedBoot } from './node/node-trusted-boot.ts';
import { nodeUmaskStrict } from './node/node-umask-strict.ts';
import { nodeVolumesEncrypted } from './node/node-volumes-encrypted.ts';
import { patroniAllowlist } from './patroni/patroni-allowlist.ts';
import { patroniConfigProtected } from './patroni/patroni-config-protected.ts';
import { patroniEtcdLogin } from './patroni/patroni-etcd-login.ts';
import { patroniNoPendingRestart } from './patroni/patroni-no-pending-restart.ts';
import { patroniRestAuthenticated } from './patroni/patroni-rest-authenticated.ts';
import { patroniRestTls } from './patroni/patroni-rest-tls.ts';
import { patroniWatchdog } from './patroni/patroni-watchdog.ts';
import { pgArchivingConfigured } from './postgres/pg-archiving-configured.ts';
import { pgAuditExtension } from './postgres/pg-audit-extension.ts';
import { pgAuthDelay } from './postgres/pg-auth-delay.ts';
import { pgAuthenticationTimeout } from './postgres/pg-authentication-timeout.ts';
import { pgChecksumsEnabled } from './postgres/pg-checksums-enabled.ts';
import { pgCollationVersions } from './postgres/pg-collation-versions.ts';
import { pgConfigFilesClean } from './postgres/pg-config-files-clean.ts';
import { pgDeveloperSettingsSafe } from './postgres/pg-developer-settings-safe.ts';
import { pgDurabilityKept } from './postgres/pg-durability-kept.ts';
import { pgExtensionsCurrent } from './postgres/pg-extensions-current.ts';
import { pgHbaNoCleartext } from './postgres/pg-hba-no-cleartext.ts';
import { pgHbaNoDeadRules } from './postgres/pg-hba-no-dead-rules.ts';
import { pgHbaNoMd5 } from './postgres/pg-hba-no-md5.ts';
import { pgHbaNoTrust } from './postgres/pg-hba-no-trust.ts';
import { pgHbaNotBroad } from './postgres/pg-hba-not-broad.ts';
import { pgHbaParses } from './postgres/pg-hba-parses.ts';
import { pgHbaSuperuserLocal } from './postgres/pg-hba-superuser-local.ts';
import { pgIdentMapsNarrow } from './postgres/pg-ident-maps-narrow.ts';
import { pgIdleTimeout } from './postgres/pg-idle-timeout.ts';
import { pgListenAddresses } from './postgres/pg-listen-addresses.ts';
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
import { pgMinorCurrent } from './postgres/pg-minor-current.ts';
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
import { recordsRestoreProven } from './records/records-restore-proven.ts';
import { pgbouncerAuthQueryLimited } from './pgbouncer/pgbouncer-auth-query-limited.ts';
import { pgbouncerAuthType } from './pgbouncer/pgbouncer-auth-type.ts';
import { pgbouncerClientTls } from './pgbouncer/pgbouncer-client-tls.ts';
import { pgbouncerConsoleLimited } from './pgbouncer/pgbouncer-console-limited.ts';
import { pgbouncerExpiryEnforced } from './pgbouncer/pgbouncer-expiry-enforced.ts';
import { pgbouncerFilesProtected } from './pgbouncer/pgbouncer-files-protected.ts';
import { pgbouncerHbaStrong } from './pgbouncer/pgbouncer-hba-strong.ts';
import { pgbouncerListenerLimited } from './pgbouncer/pgbouncer-listener-limited.ts';
import { pgbouncerLogsConnections } from './pgbouncer/pgbouncer-logs-connections.ts';
import { pgbouncerNoKnownFlaw } from './pgbouncer/pgbouncer-no-known-flaw.ts';
import { pgbouncerNoPublishedPassword } from './pgbouncer/pgbouncer-no-published-password.ts';
import { pgbouncerPoolCapacity } from './pgbouncer/pgbouncer-pool-capacity.ts';
import { pgbouncerServerTls } from './pgbouncer/pgbouncer-server-tls.ts';
import { pgbouncerStartupParameters } from './pgbouncer/pgbouncer-startup-parameters.ts';
import { pgbouncerTimeouts } from './pgbouncer/pgbouncer-timeouts.ts';
import { pgbouncerTlsCertificate } from './pgbouncer/pgbouncer-tls-certificate.ts';
import { pgbouncerTlsProtocols } from './pgbouncer/pgbouncer-tls-protocols.ts';
import { pgbouncerUserlistHashed } from './pgbouncer/pgbouncer-userlist-hashed.ts';
import { clusterPgbouncerUsersCurrent } from './cluster/cluster-pgbouncer-users-current.ts';
import { monitoringAlertsDelivered } from './monitoring/monitoring-alerts-delivered.ts';
import { monitoringAuditorWatched } from './monitoring/monitoring-auditor-watched.ts';
import { monitoringCapacityQuiet } from './monitoring/monitoring-capacity-quiet.ts';
import { monitoringConsolesSecured } from './monitoring/monitoring-consoles-secured.ts';
import { monitoringLoginFailures } from './monitoring/monitoring-login-failures.ts';
import { monitoringRetention } from './monitoring/monitoring-retention.ts';
import { monitoringRulesLoaded } from './monitoring/monitoring-rules-loaded.ts';
import { monitoringSilencesJustified } from './monitoring/monitoring-silences-justified.ts';
import { pgbouncerHbaNotWeaker } from './pgbouncer/pgbouncer-hba-not-weaker.ts';
import { clusterMonitoringTargets } from './cluster/cluster-monitoring-targets.ts';
import { clusterHaproxyRouting } from './cluster/cluster-haproxy-routing.ts';
import { clusterHaproxyRedundant } from './cluster/cluster-haproxy-redundant.ts';
import { clusterHaproxyCheckTls } from './cluster/cluster-haproxy-check-tls.ts';
import { clusterProxySourceLimits } from './cluster/cluster-proxy-source-limits.ts';
import { clusterDelayedReplica } from './cluster/cluster-delayed-replica.ts';
import { clusterEtcdFailureDomains } from './cluster/cluster-etcd-failure-domains.ts';
import { clusterFailoverDrilled } from './cluster/cluster-failover-drilled.ts';
import { clusterFailoverHistory } from './cluster/cluster-failover-history.ts';
import { clusterFailureDomains } from './cluster/cluster-failure-domains.ts';
import { clusterLogicalSlots } from './cluster/cluster-logical-slots.ts';
import { clusterStartTimeout } from './cluster/cluster-start-timeout.ts';
import { clusterSyncCommitKept } from './cluster/cluster-sync-commit-kept.ts';
import { clusterVip } from './cluster/cluster-vip.ts';
import { etcdCompaction } from './node/etcd-compaction.ts';
import { etcdFilesProtected } from './node/etcd-files-protected.ts';
import { etcdListenAddresses } from './node/etcd-listen-addresses.ts';
import { etcdLogging } from './node/etcd-logging.ts';
import { recordsAlertDrilled } from './records/records-alert-drilled.ts';
import { pgMonitorRoleLimited } from './postgres/pg-monitor-role-limited.ts';
import { nodePatroniStartsPostgres } from './node/node-patroni-starts-postgres.ts';
import { clusterDcsSettingsKept } from './cluster/cluster-dcs-settings-kept.ts';
import { recordsStructureVerified } from './records/records-structure-verified.ts';
import { clusterRelationsSound } from './cluster/cluster-relations-sound.ts';
import { clusterEtcdSnapshot } from './cluster/cluster-etcd-snapshot.ts';
import { pgLoginRefused } from './postgres/pg-login-refused.ts';
import { pgPlaintextRefused } from './postgres/pg-plaintext-refused.ts';
import { pgbouncerLoginRefused } from './pgbouncer/pgbouncer-login-refused.ts';
import { pgbouncerPlaintextRefused } from './pgbouncer/pgbouncer-plaintext-refused.ts';
import { haproxyLoginRefused } from './haproxy/haproxy-login-refused.ts';
import { haproxyPlaintextRefused } from './haproxy/haproxy-plaintext-refused.ts';
import { pgNoDefaultPassword } from './postgres/pg-no-default-password.ts';
import { pgPasswordsNotShared } from './postgres/pg-passwords-not-shared.ts';
import { nodePasswordsNotShared } from './node/node-passwords-not-shared.ts';
import { pgOauthSafe } from './postgres/pg-oauth-safe.ts';
import { pgSuperuserNotInApplications } from './postgres/pg-superuser-not-in-applications.ts';
import { pgAccountsPersonal } from './postgres/pg-accounts-personal.ts';
import { pgNoDormantRoles } from './postgres/pg-no-dormant-roles.ts';
import { pgPublicNoObjectGrants } from './postgres/pg-public-no-object-grants.ts';
import { pgObjectsOwnedByGroups } from './postgres/pg-objects-owned-by-groups.ts';
import { pgDefaultPrivilegesDeclared } from './postgres/pg-default-privileges-declared.ts';
import { pgEscalationLogged } from './postgres/pg-escalation-logged.ts';
import { pgAlterSystemUnused } from './postgres/pg-alter-system-unused.ts';
import { pgRolesDeclared } from './postgres/pg-roles-declared.ts';
import { pgForeignAccessSafe } from './postgres/pg-foreign-access-safe.ts';
import { pgRoleDutiesSeparate } from './postgres/pg-role-duties-separate.ts';
import { pgPrehashedPasswordsRefused } from './postgres/pg-prehashed-passwords-refused.ts';
import { clusterPasswordsRotated } from './cluster/cluster-passwords-rotated.ts';
import { pgPasswordReusePrevented } from './postgres/pg-password-reuse-prevented.ts';
import { nodeNoClearPasswords } from './node/node-no-clear-passwords.ts';
import { nodeLogNoPasswords } from './node/node-log-no-passwords.ts';
import { nodeIntegrityBaseline } from './node/node-integrity-baseline.ts';
import { clusterChangesApproved } from './cluster/cluster-changes-approved.ts';
import { recordsAuditorIntact } from './records/records-auditor-intact.ts';
import { monitoringHostCapacity } from './monitoring/monitoring-host-capacity.ts';
import { clusterOffSiteCopy } from './cluster/cluster-off-site-copy.ts';
import { nodeBackupLogShipped } from './node/node-backup-log-shipped.ts';
import { nodePortsNotPublic } from './node/node-ports-not-public.ts';
import { pgTdeKeysExternal } from './postgres/pg-tde-keys-external.ts';
import { pgLogDirectoryApart } from './postgres/pg-log-directory-apart.ts';
import { pgTlsAuthority } from './postgres/pg-tls-authority.ts';
import { clusterLogSpaceWatched } from './cluster/cluster-log-space-watched.ts';
import { nodeFipsMode } from './node/node-fips-mode.ts';
import { nodePrivateKeysProtected } from './node/node-private-keys-protected.ts';
import { clusterPrivateKeysOwn } from './cluster/cluster-private-keys-own.ts';
import { pgTlsCiphers } from './postgres/pg-tls-ciphers.ts';
import { pgbouncerTlsCiphers } from './pgbouncer/pgbouncer-tls-ciphers.ts';
import { patroniTlsCiphers } from './patroni/patroni-tls-ciphers.ts';
import { etcdTlsCiphers } from './etcd/etcd-tls-ciphers.ts';
import { haproxyTlsCiphers } from './haproxy/haproxy-tls-ciphers.ts';
import { clusterLogsReachStore } from './cluster/cluster-logs-reach-store.ts';
import { monitoringLogRetention } from './monitoring/monitoring-log-retention.ts';
import { clusterComponentLogsCollected } from './cluster/cluster-component-logs-collected.ts';
import { pgLogAlive } from './postgres/pg-log-alive.ts';
import { monitoringAuditInterruption } from './monitoring/monitoring-audit-interruption.ts';
import { pgLogSampleComplete } from './postgres/pg-log-sample-complete.ts';
import { pgLogPersonalData } from './postgres/pg-log-personal-data.ts';
import { clusterCertificateNames } from './cluster/cluster-certificate-names.ts';

/** Every check, grouped by file folder. */
export const checks = [
  backupFullFresh,
  backupNoPageErrors,
  backupRecent,
  backupRepositoryShared,
  backupScheduled,
  backupSizeSteady,
  backupStanzaHealthy,
  backupVerified,
  backupWalContinuous,
  clusterArchivingWorks,
  clusterEtcdQuorum,
  clusterFailoverCandidate,
  clusterFailoverLag,
  clusterFailsafeMode,
  clusterHbaIdentical,
  clusterHotRedundancy,
  clusterLeaderAgreed,
  clusterLeaderKey,
  clusterLogSettingsIdentical,
  clusterMembersDeclared,
  clusterNotPaused,
  clusterOnePrimary,
  clusterPatroniTiming,
  clusterReplicationStreaming,
  clusterRtoEstimated,
  clusterSameVersion,
  clusterSecuritySettingsIdentical,
  clusterSettingsSymmetrical,
  clusterSyncMode,
  clusterTimeSynchronized,
  etcdAccessControl,
  etcdCertificate,
  etcdClientTls,
  etcdPeerTls,
  etcdSpace,
  etcdStable,
  haproxyConfigLoaded,
  haproxyDetectionTime,
  haproxyHealthChecks,
  haproxyListenersDeclared,
  haproxyLogsConnections,
  haproxyPasswordsOwn,
  haproxyReplicaLagLimit,
  haproxySessionsCut,
  haproxySocketProtected,
  haproxyStatsLogin,
  haproxyTimeoutsAndLimits,
  haproxyUnprivileged,
  haproxyVersionSupported,
  nodeAccessControlEnforcing,
  nodeAccountPolicy,
  nodeAuditDaemon,
  nodeBackupAccessKeyOwn,
  nodeBackupChecksPages,
  nodeBackupEncrypted,
  nodeBackupFilesProtected,
  nodeBackupOffHost,
  nodeBackupRetentionSet,
  nodeBackupWalNotDropped,
  nodeComponentsCurrent,
  nodeConfigFilesProtected,
  nodeDataDirectoryProtected,
  nodeDiskHeadroom,
  nodeExtensionFilesOwned,
  nodeFileIntegrity,
  nodeFirewallDefaultDeny,
  nodeFirewallMinimal,
  nodeHistoryNoSecrets,
  nodeIpv6Covered,
  nodeLibrariesTrusted,
  nodeListenersExpected,
  nodeLoginBlocking,
  nodeMalwareProtection,
  nodeMemoryResidue,
  nodeMinimalInstallation,
  nodeNoLeftovers,
  nodePackagesSigned,
  nodePgAccountLocked,
  nodeRunningVersionInstalled,
  nodeSecurityUpdates,
  nodeServicesNotRoot,
  nodeSshHardened,
  nodeSshSourcesLimited,
  nodeSudoLimited,
  nodeTrustedBoot,
  nodeUmaskStrict,
  nodeVolumesEncrypted,
  patroniAllowlist,
  patroniConfigProtected,
  patroniEtcdLogin,
  patroniNoPendingRestart,
  patroniRestAuthenticated,
  patroniRestTls,
  patroniWatchdog,
  pgArchivingConfigured,
  pgAuditExtension,
  pgAuthDelay,
  pgAuthenticationTimeout,
  pgChecksumsEnabled,
  pgCollationVersions,
  pgConfigFilesClean,
  pgDeveloperSettingsSafe,
  pgDurabilityKept,
  pgExtensionsCurrent,
  pgHbaNoCleartext,
  pgHbaNoDeadRules,
  pgHbaNoMd5,
  pgHbaNoTrust,
  pgHbaNotBroad,
  pgHbaParses,
  pgHbaSuperuserLocal,
  pgIdentMapsNarrow,
  pgIdleTimeout,
  pgListenAddresses,
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
  pgMinorCurrent,
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
  recordsRestoreProven,
  pgbouncerAuthQueryLimited,
  pgbouncerAuthType,
  pgbouncerClientTls,
  pgbouncerConsoleLimited,
  pgbouncerExpiryEnforced,
  pgbouncerFilesProtected,
  pgbouncerHbaStrong,
  pgbouncerListenerLimited,
  pgbouncerLogsConnections,
  pgbouncerNoKnownFlaw,
  pgbouncerNoPublishedPassword,
  pgbouncerPoolCapacity,
  pgbouncerServerTls,
  pgbouncerStartupParameters,
  pgbouncerTimeouts,
  pgbouncerTlsCertificate,
  pgbouncerTlsProtocols,
  pgbouncerUserlistHashed,
  clusterPgbouncerUsersCurrent,
  monitoringAlertsDelivered,
  monitoringAuditorWatched,
  monitoringCapacityQuiet,
  monitoringConsolesSecured,
  monitoringLoginFailures,
  monitoringRetention,
  monitoringRulesLoaded,
  monitoringSilencesJustified,
  pgbouncerHbaNotWeaker,
  clusterMonitoringTargets,
  clusterHaproxyRouting,
  clusterHaproxyRedundant,
  clusterHaproxyCheckTls,
  clusterProxySourceLimits,
  clusterDelayedReplica,
  clusterEtcdFailureDomains,
  clusterFailoverDrilled,
  clusterFailoverHistory,
  clusterFailureDomains,
  clusterLogicalSlots,
  clusterStartTimeout,
  clusterSyncCommitKept,
  clusterVip,
  etcdCompaction,
  etcdFilesProtected,
  etcdListenAddresses,
  etcdLogging,
  recordsAlertDrilled,
  pgMonitorRoleLimited,
  nodePatroniStartsPostgres,
  clusterDcsSettingsKept,
  recordsStructureVerified,
  clusterRelationsSound,
  clusterEtcdSnapshot,
  pgLoginRefused,
  pgPlaintextRefused,
  pgbouncerLoginRefused,
  pgbouncerPlaintextRefused,
  haproxyLoginRefused,
  haproxyPlaintextRefused,
  pgNoDefaultPassword,
  pgPasswordsNotShared,
  nodePasswordsNotShared,
  pgOauthSafe,
  pgSuperuserNotInApplications,
  pgAccountsPersonal,
  pgNoDormantRoles,
  pgPublicNoObjectGrants,
  pgObjectsOwnedByGroups,
  pgDefaultPrivilegesDeclared,
  pgEscalationLogged,
  pgAlterSystemUnused,
  pgRolesDeclared,
  pgForeignAccessSafe,
  pgRoleDutiesSeparate,
  pgPrehashedPasswordsRefused,
  clusterPasswordsRotated,
  pgPasswordReusePrevented,
  nodeNoClearPasswords,
  nodeLogNoPasswords,
  nodeIntegrityBaseline,
  clusterChangesApproved,
  recordsAuditorIntact,
  monitoringHostCapacity,
  clusterOffSiteCopy,
  nodeBackupLogShipped,
  nodePortsNotPublic,
  pgTdeKeysExternal,
  pgLogDirectoryApart,
  pgTlsAuthority,
  clusterLogSpaceWatched,
  nodeFipsMode,
  nodePrivateKeysProtected,
  clusterPrivateKeysOwn,
  pgTlsCiphers,
  pgbouncerTlsCiphers,
  patroniTlsCiphers,
  etcdTlsCiphers,
  haproxyTlsCiphers,
  clusterLogsReachStore,
  monitoringLogRetention,
  clusterComponentLogsCollected,
  pgLogAlive,
  monitoringAuditInterruption,
  pgLogSampleComplete,
  pgLogPersonalData,
  clusterCertificateNames,
] as const;
export type CheckId = (typeof checks)[number]['id'];
