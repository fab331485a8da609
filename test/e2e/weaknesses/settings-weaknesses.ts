import { onCluster, onSubject, offline, primary, replica } from './cast.ts';
import { alterSystem } from './introduce/setting.ts';
import type { ExpectedVerdict, Weakness, WeaknessGroup } from './weakness.ts';

type Level = 'warn' | 'fail';

/** What members that no longer agree turn: the comparison of a kind of settings, and that with Patroni's store. */
const differ = (kind: 'log' | 'security', kept: Level | 'not in the store'): readonly ExpectedVerdict[] =>
  onCluster({
    [`cluster-${kind}-settings-identical`]: 'fail',
    ...(kept === 'not in the store' ? {} : { 'cluster-dcs-settings-kept': kept }),
  });

/** ALTER SYSTEM on one member: its own check turns there, and the comparisons of the members. */
const setting = (
  on: string,
  name: string,
  value: string,
  /** ALTER SYSTEM itself is found; a setting that protects something makes it worse. */
  past: Level,
  sentence: string,
  expected: readonly ExpectedVerdict[],
): Weakness => ({
  id: `setting ${name} = ${value}`,
  sentence,
  on,
  introduce: alterSystem(on, name, value),
  expected: [...onSubject(on, { 'pg-alter-system-unused': past }), ...expected],
});

/** Settings of one server, changed past Patroni. */
export const settingsWeaknesses: WeaknessGroup = {
  name: 'settings',
  weaknesses: [
    setting(replica, 'log_connections', 'off', 'fail', 'logins are not logged', [
      ...onSubject(replica, { 'pg-log-connections': 'fail' }),
      ...differ('log', 'fail'),
    ]),
    setting(primary, 'log_disconnections', 'off', 'fail', 'the ends of sessions are not logged', [
      ...onSubject(primary, { 'pg-log-disconnections': 'fail' }),
      ...differ('log', 'fail'),
    ]),
    setting(offline, 'log_replication_commands', 'off', 'fail', 'replication commands are not logged', [
      ...onSubject(offline, { 'pg-log-replication-commands': 'fail' }),
      ...differ('log', 'fail'),
    ]),
    setting(replica, 'log_file_mode', '0644', 'fail', 'every account of the host may read the log', [
      ...onSubject(replica, { 'pg-log-file-mode': 'fail' }),
      ...differ('log', 'fail'),
    ]),
    setting(replica, 'log_min_error_statement', 'panic', 'fail', 'statements that fail are not logged', [
      ...onSubject(replica, { 'pg-log-thresholds': 'fail' }),
      ...differ('log', 'not in the store'),
    ]),
    setting(primary, 'log_error_verbosity', 'terse', 'fail', 'log lines lose their details', [
      ...onSubject(primary, { 'pg-log-fields': 'warn' }),
      ...differ('log', 'not in the store'),
    ]),
    setting(primary, 'log_lock_waits', 'off', 'fail', 'waits for locks are not logged', [
      ...onSubject(primary, { 'pg-log-locks': 'warn' }),
      ...differ('log', 'fail'),
    ]),
    setting(offline, 'log_timezone', 'Asia/Shanghai', 'fail', 'log times are not UTC', [
      ...onSubject(offline, { 'pg-log-timezone-utc': 'warn' }),
      ...differ('log', 'fail'),
    ]),
    setting(offline, 'debug_print_parse', 'on', 'warn', 'parse trees of statements crowd the log', [
      // What is read of the end of the log holds nothing else then.
      ...onSubject(offline, { 'pg-log-debug-off': 'warn', 'pg-log-sample-complete': 'warn' }),
      ...differ('log', 'not in the store'),
    ]),
    setting(primary, 'pgaudit.log', 'none', 'fail', 'pgaudit is loaded and logs nothing', [
      ...onSubject(primary, { 'pg-audit-extension': 'fail' }),
      ...differ('log', 'fail'),
    ]),
    setting(primary, 'password_encryption', 'md5', 'fail', 'new passwords are stored as MD5', [
      ...onSubject(primary, { 'pg-password-encryption-scram': 'fail' }),
      ...differ('security', 'fail'),
    ]),
    setting(replica, 'ssl_min_protocol_version', 'TLSv1.1', 'fail', 'TLS 1.1 is accepted', [
      ...onSubject(replica, { 'pg-tls-min-version': 'fail' }),
      ...differ('security', 'fail'),
    ]),
    setting(offline, 'auth_delay.milliseconds', '0', 'fail', 'a wrong password costs no time', [
      ...onSubject(offline, { 'pg-auth-delay': 'fail' }),
      ...differ('security', 'fail'),
    ]),
    setting(replica, 'authentication_timeout', '600', 'warn', 'a login may take ten minutes', [
      ...onSubject(replica, { 'pg-authentication-timeout': 'fail' }),
      ...differ('security', 'fail'),
    ]),
    setting(replica, 'idle_session_timeout', '0', 'warn', 'idle sessions never end', [
      ...onSubject(replica, { 'pg-idle-timeout': 'fail' }),
      ...differ('security', 'warn'),
    ]),
    setting(primary, 'full_page_writes', 'off', 'fail', 'a torn page survives a crash', [
      ...onSubject(primary, { 'pg-durability-kept': 'fail', 'pg-rewind-possible': 'warn' }),
      ...differ('security', 'not in the store'),
    ]),
    setting(offline, 'zero_damaged_pages', 'on', 'warn', 'damaged pages are read as empty', [
      ...onSubject(offline, { 'pg-durability-kept': 'fail' }),
      ...differ('security', 'not in the store'),
    ]),
    setting(offline, 'allow_system_table_mods', 'on', 'warn', 'system tables may be changed', [
      ...onSubject(offline, { 'pg-developer-settings-safe': 'fail' }),
      ...differ('security', 'not in the store'),
    ]),
    setting(primary, 'synchronous_commit', 'off', 'warn', 'commits are acknowledged before they are written', [
      ...onSubject(primary, { 'pg-durability-kept': 'warn' }),
      ...differ('security', 'not in the store'),
    ]),
    setting(primary, 'archive_command', '/bin/true', 'fail', 'WAL is thrown away instead of archived', [
      ...onSubject(primary, { 'pg-archiving-configured': 'fail' }),
      ...onCluster({ 'cluster-dcs-settings-kept': 'fail' }),
    ]),
    setting(replica, 'shared_buffers', '96MB', 'warn', 'a changed setting waits for a restart', [
      ...onSubject(replica, { 'pg-no-pending-restart': 'warn', 'pg-config-files-clean': 'warn' }),
    ]),
  ],
};
