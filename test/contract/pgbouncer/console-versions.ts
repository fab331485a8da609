import type { FakeAnswer, FakeScript } from './fake-console.ts';

/*
 * What the console of each minor version of PgBouncer answers, columns in their order on the wire. The columns are the
 * recorded history of the SHOW commands in the sources of PgBouncer 1.8 to 1.25.2 (and of main after it); the values
 * are made up here, one different number for each column, so that a column read by position would be noticed.
 */

/** Minor versions of PgBouncer 1 that are simulated. 26 is main after 1.25.2. */
export const simulatedMinors = [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26] as const;

/** Columns for a minor version: those that came before and are not gone. */
type Column = readonly [name: string, since?: number, until?: number];

const pools: readonly Column[] = [
  ['database'],
  ['user'],
  ['cl_active'],
  ['cl_waiting'],
  ['cl_cancel_req', 16, 18],
  ['cl_active_cancel_req', 18],
  ['cl_waiting_cancel_req', 18],
  ['sv_active'],
  ['sv_active_cancel', 18],
  ['sv_being_canceled', 18],
  ['sv_idle'],
  ['sv_used'],
  ['sv_tested'],
  ['sv_login'],
  ['maxwait'],
  ['maxwait_us'],
  ['pool_mode'],
  ['load_balance_hosts', 24],
];

const stats: readonly Column[] = [
  ['database'],
  ['total_server_assignment_count', 23],
  ['total_xact_count'],
  ['total_query_count'],
  ['total_received'],
  ['total_sent'],
  ['total_xact_time'],
  ['total_query_time'],
  ['total_wait_time'],
  ['total_client_parse_count', 24],
  ['total_server_parse_count', 24],
  ['total_bind_count', 24],
  ['total_client_login_count', 26],
  ['avg_server_assignment_count', 23],
  ['avg_xact_count'],
  ['avg_query_count'],
  ['avg_recv'],
  ['avg_sent'],
  ['avg_xact_time'],
  ['avg_query_time'],
  ['avg_wait_time'],
  ['avg_client_parse_count', 24],
  ['avg_server_parse_count', 24],
  ['avg_bind_count', 24],
  ['avg_client_login_count', 26],
];

const databases: readonly Column[] = [
  ['name'],
  ['host'],
  ['port'],
  ['database'],
  ['force_user'],
  ['pool_size'],
  ['min_pool_size', 16],
  ['reserve_pool', 8, 24],
  ['reserve_pool_size', 24],
  ['server_lifetime', 23],
  ['pool_mode'],
  ['load_balance_hosts', 24],
  ['max_connections'],
  ['current_connections'],
  ['max_client_connections', 24],
  ['current_client_connections', 24],
  ['paused'],
  ['disabled'],
];

const users: readonly Column[] = [
  ['name'],
  ['pool_size', 23],
  ['reserve_pool_size', 24],
  ['pool_mode'],
  ['max_user_connections', 23],
  ['current_connections', 23],
  ['max_user_client_connections', 24],
  ['current_client_connections', 24],
];

const sockets: readonly Column[] = [
  ['type'],
  ['user'],
  ['database'],
  ['replication', 23],
  ['state'],
  ['addr'],
  ['port'],
  ['local_addr'],
  ['local_port'],
  ['connect_time'],
  ['request_time'],
  ['wait'],
  ['wait_us'],
  ['close_needed', 9],
  ['ptr'],
  ['link'],
  ['remote_pid'],
  ['tls'],
  ['application_name', 18],
  ['prepared_statements', 21],
  ['id', 24],
];

/** Values that are not numbers, or that a test looks for. */
type Row = Readonly<Record<string, string | null>>;

function answer(minor: number, columns: readonly Column[], rows: readonly Row[]): FakeAnswer {
  const names = columns.flatMap(([name, since = 8, until = 99]) => (minor >= since && minor < until ? [name] : []));
  return {
    columns: names,
    rows: rows.map((row) => names.map((name) => (name in row ? (row[name] ?? null) : numberFor(columns, name)))),
  };
}

/** The place of the column in the full list and 1000: not the place it has in any one version. */
export function numberFor(columns: readonly Column[], name: string): string {
  return String(1000 + columns.findIndex(([known]) => known === name));
}

/** Value of a column of SHOW POOLS, STATS and DATABASES for the database `app`. */
export const expected = {
  pools: (name: string) => Number(numberFor(pools, name)),
  stats: (name: string) => Number(numberFor(stats, name)),
  databases: (name: string) => Number(numberFor(databases, name)),
  users: (name: string) => Number(numberFor(users, name)),
};

const client = { type: 'C', database: 'app', user: 'app', addr: '127.0.0.1', tls: '', close_needed: '0' };
const times = { connect_time: '2026-11-21 20:00:00 CST', request_time: '2026-11-21 20:00:00 CST' };

/** The console of PgBouncer 1.`minor`; `more` adds or replaces answers. */
export function consoleOf(minor: number, more: FakeScript['answers'] = {}): FakeScript {
  const lists = ['databases', 'users', 'pools', 'free_clients', 'used_clients', 'login_clients', 'free_servers'];
  const dns = ['used_servers', 'dns_names', 'dns_zones', 'dns_queries', 'dns_pending'];
  const listNames = [...lists, ...(minor >= 19 ? ['peers', 'peer_pools'] : []), ...dns];
  const version = minor === 26 ? '1.26.0dev' : `1.${minor}.1`;
  const answers: Readonly<Record<string, FakeAnswer | string>> = {
    'SHOW VERSION':
      minor < 12 ? `PgBouncer version ${version}` : { columns: ['version'], rows: [[`PgBouncer ${version}`]] },
    'SHOW LISTS': { columns: ['list', 'items'], rows: listNames.map((name, at) => [name, String(at + 1)]) },
    'SHOW POOLS': answer(minor, pools, [
      {
        database: 'app',
        user: 'app',
        pool_mode: 'transaction',
        load_balance_hosts: 'round-robin',
        maxwait: '3',
        maxwait_us: '250000',
      },
    ]),
    'SHOW STATS': answer(minor, stats, [{ database: 'app' }]),
    'SHOW DATABASES': answer(minor, databases, [
      {
        name: 'app',
        host: null,
        port: '5432',
        database: 'real',
        force_user: null,
        pool_mode: null,
        load_balance_hosts: null,
        paused: '0',
        disabled: '1',
      },
    ]),
    'SHOW USERS': answer(minor, users, [{ name: 'app', pool_mode: null, pool_size: '' }]),
    'SHOW CLIENTS': answer(minor, sockets, [
      { ...client, ...times, state: 'active', application_name: 'psql - 127.0.0.1:40001', prepared_statements: '2' },
      { ...client, ...times, state: 'active', application_name: 'psql - 127.0.0.1:40002', tls: 'TLSv1.3/TLS_X' },
      {
        ...client,
        database: 'pgbouncer',
        user: 'monitor',
        state: 'active',
        addr: 'unix',
        application_name: 'pgbouncer_exporter',
        connect_time: '2026-11-21 20:10:00 CST',
        request_time: '2026-11-21 20:10:05 CST',
      },
    ]),
    'SHOW SERVERS': answer(minor, sockets, [{ ...client, ...times, type: 'S', state: 'idle', application_name: '' }]),
    'SHOW CONFIG': {
      columns: ['key', 'value', ...(minor >= 15 ? ['default'] : []), 'changeable'],
      rows: [
        ['max_client_conn', '200'],
        ['max_user_connections', '7'],
        ['auth_type', 'hba'],
        ['client_tls_sslmode', 'verify-full'],
        ['client_tls_protocols', 'tlsv1.2,tlsv1.3'],
        ['server_tls_sslmode', 'odd'],
        ['pool_mode', 'transaction'],
        ['server_reset_query', 'DISCARD ALL'],
        ['query_wait_timeout', '120'],
        ['log_connections', '0'],
      ].map((row) => [...row, ...(minor >= 15 ? ['x'] : []), 'yes']),
    },
    'SHOW MEM': {
      columns: ['name', 'size', 'used', 'free', 'memtotal'],
      rows: [['client_cache', '608', '3', '47', '30400']],
    },
    'SHOW DNS_HOSTS': { columns: ['hostname', 'ttl', 'addrs'], rows: [['db1', '12', '10.0.0.1,10.0.0.2']] },
    'SHOW DNS_ZONES': { columns: ['zonename', 'serial', 'count'], rows: [['example', '77', '1']] },
    ...(minor < 19
      ? {}
      : {
          'SHOW STATE': {
            columns: ['key', 'value'],
            rows: [
              ['active', 'no'],
              ['paused', 'yes'],
              ['suspended', 'no'],
            ],
          },
          'SHOW PEERS': { columns: ['peer_id', 'host', 'port', 'pool_size'], rows: [['1', '/tmp', '6433', '5']] },
          'SHOW PEER_POOLS': {
            columns: ['peer_id', 'cl_active_cancel_req', 'cl_waiting_cancel_req', 'sv_active_cancel', 'sv_login'],
            rows: [['1', '1', '2', '3', '4']],
          },
        }),
    ...more,
  };
  return { serverVersion: `${version}/bouncer`, answers };
}
