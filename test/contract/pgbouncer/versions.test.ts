import { afterEach, describe, expect, test } from 'vitest';
import { differences, promisedByCommunity, promisedByPgExporter } from './contract.ts';
import { consoleOf, expected, simulatedMinors } from './console-versions.ts';
import { seriesOf, startExporter, type TestExporter } from './exporter.ts';
import { startFakeConsole, type FakeConsole, type FakeScript } from './fake-console.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  // The exporter first: it would log the loss of its console.
  for (const close of closers.splice(0).toReversed()) await close();
});

async function observe(
  script: FakeScript,
  options: Omit<Parameters<typeof startExporter>[0], 'url'> = {},
): Promise<{ readonly console: FakeConsole; readonly exporter: TestExporter }> {
  const console = await startFakeConsole(script);
  closers.push(() => console.close());
  const exporter = await startExporter({ url: console.url, ...options });
  closers.push(() => exporter.close());
  return { console, exporter };
}

async function poolLabels(minor: number): Promise<readonly string[]> {
  const page = await (await observe(consoleOf(minor))).exporter.scrape();
  return Object.keys(seriesOf(page, 'pgbouncer_pool_maxwait')[0] ?? {});
}

describe('every version of PgBouncer from 1.8 on, simulated', () => {
  test.each(simulatedMinors)('1.%i gives every metric of both exporters, and no collector fails', async (minor) => {
    const { console, exporter } = await observe(consoleOf(minor));
    const page = await exporter.scrape();
    expect(differences(promisedByPgExporter(minor), page)).toEqual([]);
    expect(differences(promisedByCommunity(minor), page)).toEqual([]);
    expect(page.text).not.toContain('last_error_info');
    expect(page.value('pgbouncer_up')).toBe(1);
    expect(page.value('pgbouncer_version')).toBe(10_000 + minor * 100 + (minor === 26 ? 0 : 1));
    expect(seriesOf(page, 'pgbouncer_version_info')).toEqual([
      { version: minor === 26 ? 'PgBouncer 1.26.0dev' : `PgBouncer 1.${minor}.1` },
    ]);
    const missing = page.families.find(({ name }) => name === 'pgbouncer_exporter_query_missing_columns');
    expect(missing?.samples.filter(({ value }) => value !== 0)).toEqual([]);
    expect(console.queries.filter((query) => !/^SHOW [A-Z_]+$/u.test(query))).toEqual([]);
    expect(console.otherMessages).toEqual([]);
    expect(console.startups).toEqual([
      expect.objectContaining({ user: 'monitor', database: 'pgbouncer', application_name: 'pgbouncer_exporter' }),
    ]);
  });

  test.each(simulatedMinors)('1.%i is read by the names of the columns, wherever they stand', async (minor) => {
    const { exporter } = await observe(consoleOf(minor));
    const page = await exporter.scrape();
    const { pools, stats, databases } = expected;
    expect(page.value('pgbouncer_pool_waiting_clients', { datname: 'app' })).toBe(pools('cl_waiting'));
    expect(page.value('pgbouncer_pools_server_login_connections', { database: 'app' })).toBe(pools('sv_login'));
    expect(page.value('pgbouncer_pool_cancel_clients')).toBe(
      minor < 16 ? undefined : pools(minor < 18 ? 'cl_cancel_req' : 'cl_waiting_cancel_req'),
    );
    expect(page.value('pgbouncer_stat_total_sent', { datname: 'app' })).toBe(stats('total_sent'));
    expect(page.value('pgbouncer_stat_avg_query_time')).toBeCloseTo(stats('avg_query_time') / 1e6, 12);
    expect(page.value('pgbouncer_stats_totals_client_wait_seconds_total')).toBeCloseTo(
      stats('total_wait_time') / 1e6,
      12,
    );
    const reserve = databases(minor < 24 ? 'reserve_pool' : 'reserve_pool_size');
    expect(page.value('pgbouncer_database_reserve_pool', { datname: 'app', real_datname: 'real' })).toBe(reserve);
    expect(page.value('pgbouncer_databases_reserve_pool', { name: 'app', host: '', pool_mode: '' })).toBe(reserve);
    expect(page.value('pgbouncer_database_disabled')).toBe(1);
  });

  test('labels of pools are those of the version: load_balance_hosts from 1.24 on', async () => {
    expect(await poolLabels(23)).toEqual(['datname', 'user', 'pool_mode']);
    expect(await poolLabels(24)).toEqual(['datname', 'user', 'pool_mode', 'load_balance_hosts']);
  });
});

describe('what neither exporter has', () => {
  test('the longest wait has its microseconds', async () => {
    const page = await (await observe(consoleOf(25))).exporter.scrape();
    expect(page.value('pgbouncer_pool_queue_longest_wait_seconds', { datname: 'app', user: 'app' })).toBe(3.25);
    expect(page.value('pgbouncer_pools_client_maxwait_seconds')).toBe(3);
  });

  test('state, peers and users from the version on that has them', async () => {
    const old = await (await observe(consoleOf(18))).exporter.scrape();
    expect(old.text).not.toMatch(/^pgbouncer_(?:state|peer|user)_/mu);
    const now = await (await observe(consoleOf(25))).exporter.scrape();
    expect(now.value('pgbouncer_state_paused')).toBe(1);
    expect(now.value('pgbouncer_state_active')).toBe(0);
    expect(now.value('pgbouncer_state_suspended')).toBe(0);
    expect(now.value('pgbouncer_peer_pool_connections', { peer_id: '1', host: '/tmp', port: '6433' })).toBe(5);
    expect(now.value('pgbouncer_peer_pool_waiting_cancel_clients', { peer_id: '1' })).toBe(2);
    expect(now.value('pgbouncer_user_max_client_connections', { user: 'app' })).toBe(
      expected.users('max_user_client_connections'),
    );
    // Empty text: the user has no pool size of its own.
    expect(now.value('pgbouncer_user_pool_connections', { user: 'app' })).toBeUndefined();
  });

  test('clients by what they are: the port that PgBouncer adds to a name is no part of it', async () => {
    const page = await (await observe(consoleOf(25))).exporter.scrape();
    expect(page.value('pgbouncer_client_connections', { database: 'app', application_name: 'psql' })).toBe(2);
    expect(page.value('pgbouncer_client_transport_connections', { transport: 'tls', protocol: 'TLSv1.3' })).toBe(1);
    expect(page.value('pgbouncer_client_transport_connections', { transport: 'unix' })).toBe(1);
    expect(page.value('pgbouncer_client_encrypted_ratio')).toBe(0.5);
    // The console's own row tells what time it is on the clock of PgBouncer, in a zone that has no offset.
    expect(page.value('pgbouncer_client_session_oldest_seconds', { database: 'app' })).toBeCloseTo(605, 0);
    expect(page.value('pgbouncer_server_session_oldest_seconds', { database: 'app' })).toBeGreaterThan(600);
    expect(page.value('pgbouncer_server_connections', { database: 'app', state: 'idle' })).toBe(1);
  });

  test('configuration, memory and DNS', async () => {
    const page = await (await observe(consoleOf(25))).exporter.scrape();
    expect(seriesOf(page, 'pgbouncer_config_security_info')).toEqual([
      {
        auth_type: 'hba',
        client_tls_sslmode: 'verify-full',
        client_tls_protocols: 'tlsv1.2+tlsv1.3',
        server_tls_sslmode: 'other',
        server_tls_protocols: '',
      },
    ]);
    expect(seriesOf(page, 'pgbouncer_config_pooling_info')).toEqual([
      { pool_mode: 'transaction', server_reset: 'default' },
    ]);
    expect(page.value('pgbouncer_config_limit_connections', { name: 'max_client_conn' })).toBe(200);
    expect(page.value('pgbouncer_config_timeout_seconds', { name: 'query_wait_timeout' })).toBe(120);
    expect(page.value('pgbouncer_config_switch_enabled', { name: 'log_connections' })).toBe(0);
    expect(page.value('pgbouncer_config_switch_enabled', { name: 'syslog' })).toBeUndefined();
    expect(page.value('pgbouncer_memory_allocated_bytes', { cache: 'client_cache' })).toBe(30_400);
    expect(page.value('pgbouncer_dns_host_addresses', { hostname: 'db1' })).toBe(2);
    expect(page.value('pgbouncer_dns_zone_serial_id', { zone: 'example' })).toBe(77);
  });

  test('a thousand applications are twenty and the rest, and the sum is right', async () => {
    const base = consoleOf(25).answers['SHOW CLIENTS'];
    if (base === undefined || typeof base === 'string') throw new Error('no clients');
    const template = base.rows[0] ?? [];
    const at = base.columns.indexOf('application_name');
    const rows = Array.from({ length: 1000 }, (_, index) => template.with(at, `job-${index}`));
    const script = consoleOf(25, { 'SHOW CLIENTS': { columns: base.columns, rows } });
    const page = await (await observe(script)).exporter.scrape();
    const family = page.families.find(({ name }) => name === 'pgbouncer_client_connections');
    expect(family?.samples.length).toBe(21);
    expect(family?.samples.reduce((sum, { value }) => sum + value, 0)).toBe(1000);
    expect(page.value('pgbouncer_client_connections', { application_name: 'other' })).toBe(980);
    expect(page.value('pgbouncer_exporter_collapsed_series', { query: 'pgbouncer_client' })).toBe(980);
  });

  test('the names before 0.11 only when asked for', async () => {
    const off = await (await observe(consoleOf(20))).exporter.scrape();
    expect(off.text).not.toContain('pgbouncer_stats_queries_pooled_total');
    const on = await (await observe(consoleOf(20), { enabledCollectors: ['pgbouncer_stats'] })).exporter.scrape();
    expect(on.value('pgbouncer_stats_queries_pooled_total', { database: 'app' })).toBe(
      expected.stats('total_query_count'),
    );
    expect(on.value('pgbouncer_stats_totals_queries_pooled_total')).toBe(expected.stats('total_query_count'));
  });
});

describe('what is not known breaks nothing', () => {
  test('a version of the future with other columns', async () => {
    const pools = consoleOf(25).answers['SHOW POOLS'];
    if (pools === undefined || typeof pools === 'string') throw new Error('no pools');
    const more = {
      columns: ['cl_dreaming', ...pools.columns, 'sv_note'],
      rows: pools.rows.map((row) => ['42', ...row, 'text']),
    };
    const script: FakeScript = { ...consoleOf(25, { 'SHOW POOLS': more }), serverVersion: '3.1.4/bouncer' };
    const plain = await (await observe(script)).exporter.scrape();
    expect(plain.value('pgbouncer_version')).toBe(30_104);
    expect(plain.value('pgbouncer_pool_waiting_clients')).toBe(expected.pools('cl_waiting'));
    expect(plain.text).not.toContain('cl_dreaming');
    const asked = await (await observe(script, { unknownColumns: true })).exporter.scrape();
    expect(seriesOf(asked, 'pgbouncer_unknown_column_value')).toEqual([
      { command: 'POOLS', column: 'cl_dreaming', row: 'app/app' },
    ]);
    expect(asked.value('pgbouncer_unknown_column_value')).toBe(42);
  });

  test.each([
    [25, 12_501],
    [9, 10_901],
  ])('no version at login: SHOW VERSION of 1.%i tells, in a row or in a notice', async (minor, version) => {
    const page = await (await observe({ ...consoleOf(minor), serverVersion: undefined })).exporter.scrape();
    expect(page.value('pgbouncer_version')).toBe(version);
    expect(page.value('pgbouncer_up')).toBe(1);
  });

  test('no version at all: everything is asked, and nothing is claimed', async () => {
    const answers = { 'SHOW VERSION': { columns: ['version'], rows: [['PgBouncer of my own']] } };
    const script = { ...consoleOf(25, answers), serverVersion: undefined };
    const page = await (await observe(script)).exporter.scrape();
    expect(page.value('pgbouncer_up')).toBe(1);
    expect(page.value('pgbouncer_version')).toBeUndefined();
    expect(page.value('pgbouncer_state_paused')).toBe(1);
    expect(page.value('pgbouncer_database_reserve_pool')).toBe(expected.databases('reserve_pool_size'));
  });

  test('a command that this console lacks costs its collectors only', async () => {
    const answers = { ...consoleOf(25).answers };
    delete answers['SHOW STATE'];
    const page = await (await observe({ ...consoleOf(25), answers })).exporter.scrape();
    expect(page.value('pgbouncer_up')).toBe(1);
    expect(page.value('pgbouncer_exporter_command_up', { command: 'STATE' })).toBe(0);
    expect(seriesOf(page, 'pgbouncer_exporter_command_last_error_info')).toEqual([
      { command: 'STATE', class: 'unsupported' },
    ]);
    expect(page.value('pgbouncer_exporter_query_up', { query: 'pgbouncer_state' })).toBe(0);
    expect(page.text).not.toMatch(/^pgbouncer_state_/mu);
  });

  test('a column that should be there and is not is counted, and the others are shown', async () => {
    const pools = consoleOf(25).answers['SHOW POOLS'];
    if (pools === undefined || typeof pools === 'string') throw new Error('no pools');
    const at = pools.columns.indexOf('sv_idle');
    const less = { columns: pools.columns.toSpliced(at, 1), rows: pools.rows.map((row) => row.toSpliced(at, 1)) };
    const page = await (await observe(consoleOf(25, { 'SHOW POOLS': less }))).exporter.scrape();
    expect(page.value('pgbouncer_exporter_query_missing_columns', { query: 'pgbouncer_pool' })).toBe(1);
    expect(page.value('pgbouncer_pool_idle_servers')).toBeUndefined();
    expect(page.value('pgbouncer_pool_used_servers')).toBe(expected.pools('sv_used'));
  });

  test('a word where a number should be is NaN and counted', async () => {
    const state = {
      columns: ['key', 'value'],
      rows: [
        ['active', 'maybe'],
        ['paused', 'no'],
        ['suspended', 'no'],
      ],
    };
    const page = await (await observe(consoleOf(25, { 'SHOW STATE': state }))).exporter.scrape();
    expect(page.value('pgbouncer_state_active')).toBeNaN();
    expect(page.value('pgbouncer_state_paused')).toBe(0);
    expect(page.value('pgbouncer_exporter_query_unreadable_values', { query: 'pgbouncer_state' })).toBe(1);
  });
});
