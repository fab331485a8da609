import { clusterInventory } from './cluster/inventory.ts';
import { pgServer } from './server.ts';
import { pgReplication } from './replication.ts';
import { pgWalReceiver } from './wal-receiver.ts';
import { pgSlots } from './slots.ts';
import { pgTlsEndpoint } from './tls-endpoint.ts';
import { pgTlsSessions } from './tls-sessions.ts';
import { pgDatabaseStats } from './database-stats.ts';
import { pgFileSettings } from './file-settings.ts';
import { pgExtensions } from './extensions.ts';
import { pgCollations } from './collations.ts';
import { pgSettings } from './settings.ts';
import { pgConnectionStrings } from './connection-strings.ts';
import { pgDatabases } from './databases.ts';
import { pgHba } from './hba.ts';
import { pgIdent } from './ident.ts';
import { pgLanguages } from './languages.ts';
import { pgRoleSecrets } from './role-secrets.ts';
import { pgRoles } from './roles.ts';
import { pgRoutines } from './routines.ts';
import { pgSecretRoutines } from './secret-routines.ts';
import { etcdAlarms } from './etcd/alarms.ts';
import { etcdAuth } from './etcd/auth.ts';
import { etcdKeys } from './etcd/keys.ts';
import { etcdMembers } from './etcd/members.ts';
import { etcdPeerTls } from './etcd/peer-tls.ts';
import { etcdStatus } from './etcd/status.ts';
import { etcdTls } from './etcd/tls.ts';
import { patroniCluster } from './patroni/cluster.ts';
import { patroniConfig } from './patroni/config.ts';
import { patroniExposure } from './patroni/exposure.ts';
import { patroniHistory } from './patroni/history.ts';
import { patroniStatus } from './patroni/status.ts';
import { patroniTls } from './patroni/tls.ts';
import { haproxyStats } from './haproxy/stats.ts';
import { haproxyInfo } from './haproxy/info.ts';
import { haproxyExposure } from './haproxy/exposure.ts';
import { haproxyServiceTls } from './haproxy/service-tls.ts';
import { pgbouncerConfig } from './pgbouncer/config.ts';
import { pgbouncerDatabases } from './pgbouncer/databases.ts';
import { pgbouncerUsers } from './pgbouncer/users.ts';
import { pgbouncerPools } from './pgbouncer/pools.ts';
import { pgbouncerVersion } from './pgbouncer/version.ts';
import { pgbouncerTls } from './pgbouncer/tls.ts';
import { monitoringTargets } from './monitoring/targets.ts';
import { monitoringRules } from './monitoring/rules.ts';
import { monitoringAlerts } from './monitoring/alerts.ts';
import { monitoringAlertmanager } from './monitoring/alertmanager.ts';
import { monitoringRetention } from './monitoring/retention.ts';
import { monitoringExposure } from './monitoring/exposure.ts';
import { nodeHaproxyConfig } from './node/haproxy-config.ts';
import { nodePgbouncerIni } from './node/pgbouncer-ini.ts';
import { nodePgbouncerUserlist } from './node/pgbouncer-userlist.ts';
import { nodePgbouncerHba } from './node/pgbouncer-hba.ts';
import { nodeAccessControl } from './node/access-control.ts';
import { nodeAccounts } from './node/accounts.ts';
import { nodeFiles } from './node/files.ts';
import { nodeFirewall } from './node/firewall.ts';
import { nodeHost } from './node/host.ts';
import { nodeKernel } from './node/kernel.ts';
import { nodeLibraries } from './node/libraries.ts';
import { nodeListeners } from './node/listeners.ts';
import { nodePackages } from './node/packages.ts';
import { nodeProcesses } from './node/processes.ts';
import { nodeProtection } from './node/protection.ts';
import { nodeRepositories } from './node/repositories.ts';
import { nodeServices } from './node/services.ts';
import { nodeShellHistories } from './node/shell-histories.ts';
import { nodeSshServer } from './node/ssh-server.ts';
import { nodeSudoers } from './node/sudoers.ts';
import { nodeTimeSync } from './node/time-sync.ts';
import { nodeUpdates } from './node/updates.ts';
import { nodeVolumes } from './node/volumes.ts';
import { nodeEtcdConfig } from './node/etcd-config.ts';
import { nodePatroniYml } from './node/patroni-yml.ts';
import { nodeVip } from './node/vip.ts';
import { nodeWatchdog } from './node/watchdog.ts';
import { pgArchiver } from './archiver.ts';
import { nodePgbackrestConfig } from './node/pgbackrest-config.ts';
import { nodePgbackrestInfo } from './node/pgbackrest-info.ts';
import { nodePgbackrestLocalState } from './node/pgbackrest-local-state.ts';
import { nodeBackupSchedule } from './node/backup-schedule.ts';
import { nodeLeftovers } from './node/leftovers.ts';
import { recordsDrillCertificates } from './records/drill-certificates.ts';
import { nodeEtcdSnapshots } from './node/etcd-snapshots.ts';
import { pgUnsoundRelations } from './unsound-relations.ts';
import { pgLoginAttempts } from './login-attempts.ts';
import { pgKnownPasswords } from './known-passwords.ts';
import { pgSessions } from './sessions.ts';
import { pgAutoSettings } from './auto-settings.ts';
import { pgObjectAccess } from './object-access.ts';
import { pgForeignAccess } from './foreign-access.ts';
import { pgbouncerLoginAttempts } from './pgbouncer/login-attempts.ts';
import { haproxyLoginAttempts } from './haproxy/login-attempts.ts';
import { nodeServerLog } from './node/server-log.ts';
import { nodeClearPasswords } from './node/clear-passwords.ts';
import { nodeSharedPasswords } from './node/shared-passwords.ts';
import { recordsPasswordHistory } from './records/password-history.ts';
import { nodeDigests } from './node/digests.ts';
import { recordsBaselines } from './records/baselines.ts';
import { recordsChangeRecords } from './records/change-records.ts';
import { recordsPreviousRun } from './records/previous-run.ts';
import { recordsAuditor } from './records/auditor.ts';
import { monitoringHostLoad } from './monitoring/host-load.ts';
import { nodeBackupLog } from './node/backup-log.ts';
import { pgTde } from './tde.ts';
import { nodeCryptoPolicy } from './node/crypto-policy.ts';
import { nodePrivateKeys } from './node/private-keys.ts';
import { pgTlsOffers } from './tls-offers.ts';
import { pgbouncerTlsOffers } from './pgbouncer/tls-offers.ts';
import { patroniTlsOffers } from './patroni/tls-offers.ts';
import { etcdTlsOffers } from './etcd/tls-offers.ts';
import { haproxyTlsOffers } from './haproxy/tls-offers.ts';
import { monitoringLogStore } from './monitoring/log-store.ts';
import { monitoringLogStreams } from './monitoring/log-streams.ts';
import { pgLogCanary } from './log-canary.ts';
import { pgLogFiles } from './log-files.ts';
import { nodeLogSample } from './node/log-sample.ts';

/** Every probe, in the order they run on an instance. */
export const probes = [
  clusterInventory,
  pgSettings,
  pgServer,
  pgReplication,
  pgWalReceiver,
  pgSlots,
  pgTlsSessions,
  pgTlsEndpoint,
  pgDatabaseStats,
  pgFileSettings,
  pgExtensions,
  pgCollations,
  pgHba,
  pgIdent,
  pgRoles,
  pgRoleSecrets,
  pgDatabases,
  pgRoutines,
  pgSecretRoutines,
  pgLanguages,
  pgConnectionStrings,
  patroniStatus,
  patroniCluster,
  patroniConfig,
  patroniHistory,
  patroniTls,
  patroniExposure,
  etcdStatus,
  etcdMembers,
  etcdAlarms,
  etcdKeys,
  etcdTls,
  etcdPeerTls,
  etcdAuth,
  haproxyStats,
  haproxyInfo,
  haproxyExposure,
  haproxyServiceTls,
  pgbouncerConfig,
  pgbouncerDatabases,
  pgbouncerUsers,
  pgbouncerPools,
  pgbouncerVersion,
  pgbouncerTls,
  monitoringTargets,
  monitoringRules,
  monitoringAlerts,
  monitoringAlertmanager,
  monitoringRetention,
  monitoringExposure,
  nodeHaproxyConfig,
  nodePgbouncerIni,
  nodePgbouncerUserlist,
  nodePgbouncerHba,
  nodeAccessControl,
  nodeAccounts,
  nodeFiles,
  nodeFirewall,
  nodeHost,
  nodeKernel,
  nodeLibraries,
  nodeListeners,
  nodePackages,
  nodeProcesses,
  nodeProtection,
  nodeRepositories,
  nodeServices,
  nodeShellHistories,
  nodeSshServer,
  nodeSudoers,
  nodeTimeSync,
  nodeUpdates,
  nodeVolumes,
  nodePatroniYml,
  nodeEtcdConfig,
  nodeWatchdog,
  nodeVip,
  pgArchiver,
  nodePgbackrestConfig,
  nodePgbackrestInfo,
  nodePgbackrestLocalState,
  nodeBackupSchedule,
  nodeLeftovers,
  recordsDrillCertificates,
  nodeEtcdSnapshots,
  pgUnsoundRelations,
  pgLoginAttempts,
  pgKnownPasswords,
  pgSessions,
  pgAutoSettings,
  pgObjectAccess,
  pgForeignAccess,
  pgbouncerLoginAttempts,
  haproxyLoginAttempts,
  nodeServerLog,
  nodeClearPasswords,
  nodeSharedPasswords,
  recordsPasswordHistory,
  nodeDigests,
  recordsBaselines,
  recordsChangeRecords,
  recordsPreviousRun,
  recordsAuditor,
  monitoringHostLoad,
  nodeBackupLog,
  pgTde,
  nodeCryptoPolicy,
  nodePrivateKeys,
  pgTlsOffers,
  pgbouncerTlsOffers,
  patroniTlsOffers,
  etcdTlsOffers,
  haproxyTlsOffers,
  monitoringLogStore,
  monitoringLogStreams,
  pgLogCanary,
  pgLogFiles,
  nodeLogSample,
] as const;
