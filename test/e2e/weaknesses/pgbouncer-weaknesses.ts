import { offline, onCluster, onSubject, primary, replica } from './cast.ts';
import { mode, prepended } from './introduce/file.ts';
import { poolerFile, poolerSetting } from './introduce/pgbouncer.ts';
import type { ExpectedVerdict, Weakness, WeaknessGroup } from './weakness.ts';

type Verdicts = Parameters<typeof onSubject>[1];

/** A setting of one pooler, reloaded. */
const setting = (
  on: string,
  name: string,
  value: string,
  sentence: string,
  verdicts: Verdicts,
  ...more: readonly ExpectedVerdict[]
): Weakness => ({
  id: `pooler ${name} = ${value}`,
  sentence,
  on,
  introduce: poolerSetting(on, name, value),
  expected: [...onSubject(`${on}.pgbouncer`, verdicts), ...more],
});

/** The poolers, each on its own. */
export const pgbouncerWeaknesses: WeaknessGroup = {
  name: 'PgBouncer',
  weaknesses: [
    setting(replica, 'client_tls_sslmode', 'allow', 'clients of the pooler may do without TLS', {
      'pgbouncer-client-tls': 'fail',
    }),
    setting(offline, 'client_tls_protocols', 'all', 'the pooler takes TLS 1.0', { 'pgbouncer-tls-protocols': 'fail' }),
    setting(primary, 'log_connections', '0', 'the pooler does not log who connects', {
      'pgbouncer-logs-connections': 'fail',
    }),
    setting(replica, 'idle_transaction_timeout', '0', 'an idle transaction keeps its server for ever', {
      'pgbouncer-timeouts': 'warn',
    }),
    setting(offline, 'ignore_startup_parameters', 'extra_float_digits, search_path', 'a search_path is dropped', {
      'pgbouncer-startup-parameters': 'warn',
    }),
    setting(primary, 'admin_users', 'dbuser_dba, app_rw', 'an application may shut the pooler down', {
      'pgbouncer-console-limited': 'fail',
    }),
    {
      id: 'pools larger than the server',
      sentence: 'the pools may take more connections than the server has',
      on: replica,
      introduce: poolerFile(replica, 'pgbouncer.ini', (text) =>
        text
          .replace(/^default_pool_size *=.*$/mu, 'default_pool_size = 400')
          .replace(/^max_db_connections *=.*$/mu, 'max_db_connections = 400'),
      ),
      expected: [...onSubject(`${replica}.pgbouncer`, { 'pgbouncer-pool-capacity': 'fail' })],
    },
    {
      id: 'pooler rule that trusts',
      sentence: 'the pooler lets the network in without a password',
      on: replica,
      introduce: poolerFile(replica, 'pgb_hba.conf', prepended('host app app_rw 198.51.100.0/24 trust')),
      expected: [
        ...onSubject(`${replica}.pgbouncer`, { 'pgbouncer-hba-strong': 'fail', 'pgbouncer-hba-not-weaker': 'fail' }),
      ],
    },
    {
      id: 'published password in the user list',
      sentence: 'the pooler knows a user with a password that is printed in a manual',
      on: offline,
      introduce: poolerFile(offline, 'userlist.txt', (text) => `${text.trimEnd()}\n"dbuser_view" "DBUser.Viewer"\n`),
      expected: [
        ...onSubject(`${offline}.pgbouncer`, { 'pgbouncer-no-published-password': 'fail' }),
        // Only that pooler knows the user, and the server has no such role.
        ...onCluster({ 'cluster-pgbouncer-users-current': 'fail' }),
      ],
    },
    {
      id: 'user list readable',
      sentence: 'every account of the host may read the passwords of the pooler',
      on: primary,
      introduce: mode(`${primary}/pgbouncer/userlist.txt`, 0o644),
      expected: [
        ...onSubject(`${primary}.pgbouncer`, { 'pgbouncer-files-protected': 'fail' }),
        ...onSubject(`${primary}.node`, { 'node-config-files-protected': 'fail' }),
      ],
    },
  ],
};
