// oxlint-disable-next-line eslint/no-restricted-imports -- a fixture reads its text as the probe does
import { parseHbaFile, parsePgbouncerIni } from '@pgattest/connect';
import type { FactMap } from '../facts.ts';

/** What PgBouncer 1.25 runs with when nothing is set, then these values. */
export const configFact = (values: Readonly<Record<string, string>> = {}): FactMap['pgbouncer.config'] =>
  Object.fromEntries(
    Object.entries({ ...defaults, ...values }).map(([name, value]) => [
      name,
      { value, defaultValue: defaults[name] ?? null },
    ]),
  );

const defaults: Readonly<Record<string, string>> = {
  admin_users: '',
  auth_file: '/etc/pgbouncer/userlist.txt',
  auth_hba_file: '',
  auth_query: '',
  auth_type: 'md5',
  auth_user: '',
  client_idle_timeout: '0',
  client_login_timeout: '60',
  client_tls_ciphers: 'default',
  client_tls_protocols: 'secure',
  client_tls_sslmode: 'disable',
  default_pool_size: '20',
  idle_transaction_timeout: '0',
  ignore_startup_parameters: '',
  listen_addr: '10.0.0.11',
  log_connections: '1',
  log_disconnections: '1',
  log_pooler_errors: '1',
  max_client_conn: '100',
  max_db_connections: '0',
  max_user_connections: '0',
  pool_mode: 'session',
  query_timeout: '0',
  query_wait_timeout: '120',
  reserve_pool_size: '0',
  server_tls_protocols: 'secure',
  server_tls_sslmode: 'prefer',
  stats_users: '',
  track_extra_parameters: 'IntervalStyle',
  unix_socket_dir: '/tmp',
  unix_socket_mode: '0777',
};

/** A database of SHOW DATABASES behind this machine's socket, then as told. */
export const databaseFact = (
  name: string,
  changes: Partial<FactMap['pgbouncer.databases'][number]> = {},
): FactMap['pgbouncer.databases'][number] => ({
  name,
  host: '/run/postgresql',
  port: 5432,
  database: name,
  forceUser: null,
  poolSize: 20,
  reservePoolSize: 0,
  poolMode: null,
  maxConnections: 50,
  currentConnections: 0,
  isPaused: false,
  isDisabled: false,
  ...changes,
});

const file = (path: string, mode: string) =>
  ({
    path,
    type: 'file',
    mode,
    owner: 'postgres',
    group: 'postgres',
    sizeBytes: 1,
    modifiedAt: '2026-11-21T11:00:00.000Z',
  }) as const;

export const iniFact = (text: string, mode = '0640'): NonNullable<FactMap['node.pgbouncer-ini']> => ({
  ...file('/etc/pgbouncer/pgbouncer.ini', mode),
  ...parsePgbouncerIni(text),
});

export const hbaFileFact = (text: string, mode = '0600'): NonNullable<FactMap['node.pgbouncer-hba']> => ({
  ...file('/etc/pgbouncer/pgb_hba.conf', mode),
  ...parseHbaFile(text),
});

type Userlist = NonNullable<FactMap['node.pgbouncer-userlist']>;

/** A userlist: `{ app: 'scram-sha-256', job: 'plain' }`. */
export const userlistFact = (
  users: Readonly<Record<string, Userlist['users'][number]['method']>>,
  changes: Partial<Omit<Userlist, 'users'>> & { readonly published?: Readonly<Record<string, string>> } = {},
): Userlist => {
  const { published = {}, ...rest } = changes;
  return {
    ...file('/etc/pgbouncer/userlist.txt', '0600'),
    users: Object.entries(users).map(([user, method], index) => ({
      line: index + 1,
      user,
      method,
      iterations: method === 'scram-sha-256' ? 4096 : null,
      published: published[user] ?? null,
      fingerprint: method === 'scram-sha-256' ? `${user}-1` : null,
    })),
    brokenLines: [],
    ...rest,
  };
};
