import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from 'pg';
import { promtoolParseErrors } from '../../e2e/exporter-harness.ts';
import { differences, promisedByCommunity, promisedByPgExporter } from './contract.ts';
import { seriesOf, startExporter, type TestExporter } from './exporter.ts';
import { startLivePgbouncer, type LivePgbouncer } from './live.ts';

/** The minor version of Debian's PgBouncer is what SHOW VERSION says; the contract is compared with that one. */
function minorOf(version: number | undefined): number {
  return Math.floor(((version ?? 0) % 10_000) / 100);
}

describe('every way to log in', { timeout: 120_000 }, () => {
  let pooler: LivePgbouncer;
  beforeAll(async () => {
    pooler = await startLivePgbouncer();
  }, 180_000);
  afterAll(async () => {
    await pooler.close();
  });

  test.each(['scram-sha-256', 'md5', 'plain', 'trust', 'any'])('auth_type %s', async (authType) => {
    await pooler.stop();
    await pooler.start({ auth_type: authType });
    const exporter = await startExporter({ url: pooler.console('monitor') });
    try {
      const page = await exporter.until((seen) => seen.value('pgbouncer_up') === 1);
      expect(seriesOf(page, 'pgbouncer_config_security_info')[0]?.['auth_type']).toBe(authType);
    } finally {
      await exporter.close();
    }
  });
});

describe('a real PgBouncer before a real PostgreSQL', { timeout: 120_000 }, () => {
  let pooler: LivePgbouncer;
  let client: Client;
  const exporters: TestExporter[] = [];
  const observe = async (options: Parameters<typeof startExporter>[0]): Promise<TestExporter> => {
    const exporter = await startExporter(options);
    exporters.push(exporter);
    return exporter;
  };
  beforeAll(async () => {
    pooler = await startLivePgbouncer();
    client = await pooler.client('orders - 10.0.0.9:4711');
    for (const n of [1, 2, 3]) await client.query(`SELECT ${n}`);
  }, 180_000);
  afterAll(async () => {
    await client.end();
    await pooler.close();
  });
  afterEach(async () => {
    for (const exporter of exporters.splice(0)) await exporter.close();
  });

  test('gives every metric of both exporters that its version has, in a text that promtool parses', async () => {
    const page = await (await observe({ url: pooler.console('monitor') })).scrape();
    const minor = minorOf(page.value('pgbouncer_version'));
    expect(minor).toBeGreaterThanOrEqual(18);
    expect(differences(promisedByPgExporter(minor), page)).toEqual([]);
    expect(differences(promisedByCommunity(minor), page)).toEqual([]);
    expect(page.failing).toEqual({});
    expect(page.text).not.toContain('last_error_info');
    const missing = page.families.find(({ name }) => name === 'pgbouncer_exporter_query_missing_columns');
    expect(missing?.samples.filter(({ value }) => value !== 0)).toEqual([]);
    expect(await promtoolParseErrors(page.text)).toBe('');
  });

  test('shows what really went through it', async () => {
    const exporter = await observe({ url: pooler.console('monitor') });
    const page = await exporter.scrape();
    expect(page.value('pgbouncer_up')).toBe(1);
    expect(page.value('pgbouncer_stat_total_query_count', { datname: 'app' })).toBeGreaterThanOrEqual(3);
    expect(page.value('pgbouncer_stats_totals_queries_pooled_total', { database: 'app' })).toBeGreaterThanOrEqual(3);
    expect(page.value('pgbouncer_database_pool_size', { datname: 'app', real_datname: 'app' })).toBe(1);
    expect(page.value('pgbouncer_client_connections', { database: 'app', application_name: 'orders' })).toBe(1);
    expect(page.value('pgbouncer_client_transport_connections', { transport: 'plain' })).toBeGreaterThanOrEqual(1);
    expect(page.value('pgbouncer_server_encrypted_ratio')).toBe(1);
    expect(page.value('pgbouncer_client_session_oldest_seconds', { database: 'app' })).toBeGreaterThanOrEqual(0);
    expect(seriesOf(page, 'pgbouncer_config_security_info')[0]).toMatchObject({
      auth_type: 'scram-sha-256',
      client_tls_sslmode: 'disable',
      server_tls_sslmode: 'require',
    });
    expect(page.value('pgbouncer_config_max_client_connections')).toBe(50);
  });

  test('keeps one session over many scrapes and health questions, named in SHOW CLIENTS', async () => {
    const exporter = await observe({ url: pooler.console('monitor') });
    await Promise.all(Array.from({ length: 5 }, () => exporter.scrape()));
    const page = await exporter.scrape();
    expect(page.value('pgbouncer_exporter_sessions_opened_total')).toBe(1);
    expect(
      page.value('pgbouncer_client_connections', { user: 'monitor', application_name: 'pgbouncer_exporter' }),
    ).toBe(1);
    expect(await exporter.get('/health')).toEqual({ status: 200, body: 'primary' });
    expect((await exporter.get('/replica')).status).toBe(404);
  });

  test('leaves nothing connected when it stops', async () => {
    const exporter = await observe({ url: pooler.console('monitor') });
    await exporter.scrape();
    await exporter.close();
    exporters.splice(0);
    const witness = await observe({ url: pooler.console('admin') });
    const page = await witness.until(
      (seen) => seen.value('pgbouncer_client_connections', { user: 'monitor' }) === undefined,
    );
    expect(page.value('pgbouncer_client_connections', { user: 'admin' })).toBe(1);
  });

  test.each([
    [
      'the Unix socket, in the form of Pigsty with an empty host',
      (at: LivePgbouncer) => {
        const url = new URL(at.console('monitor'));
        return `postgres://monitor:${url.password}@:${at.port}/pgbouncer?sslmode=disable&host=${at.dir}`;
      },
    ],
    [
      'libpq keywords',
      (at: LivePgbouncer) => {
        const { password } = new URL(at.console('monitor'));
        return `host=127.0.0.1 port=${at.port} user=monitor password=${password} dbname=pgbouncer`;
      },
    ],
    ['an administrator', (at: LivePgbouncer) => at.console('admin')],
  ])('is reached by %s', async (_, url) => {
    const page = await (await observe({ url: url(pooler) })).scrape();
    expect(page.value('pgbouncer_up')).toBe(1);
  });

  test('parameters of the environment that PgBouncer refuses are not sent', async () => {
    const env = { PGOPTIONS: '-c statement_timeout=1', PGAPPNAME: 'x', PGREPLICATION: 'true' };
    const before = { ...process.env };
    Object.assign(process.env, env);
    try {
      const page = await (await observe({ url: pooler.console('monitor'), env })).scrape();
      expect(page.value('pgbouncer_up')).toBe(1);
    } finally {
      for (const name of Object.keys(env)) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
    }
  });

  test('a collector of a user runs, one that is no SHOW is never sent, and the built-in ones stay', async () => {
    const { defineCollector, gauge } = await import('@pgattest/catalog');
    const own = (id: string, sql: string) =>
      defineCollector({
        id,
        source: 'pgbouncer',
        scope: 'instance',
        help: 'x',
        cacheSeconds: 0,
        timeoutSeconds: 1,
        priority: 1,
        labels: { list: 'List' },
        metrics: { items: gauge('count', 'Items') },
        variants: [{ branch: id, sql }],
      });
    const collectors = [own('pgbouncer_list', 'SHOW LISTS;'), own('my_pause', 'PAUSE;'), own('my_fds', 'SHOW FDS')];
    const page = await (await observe({ url: pooler.console('admin'), collectors })).scrape();
    expect(page.value('pgbouncer_list_items', { list: 'databases' })).toBe(2);
    expect(page.value('pgbouncer_pools')).toBeGreaterThanOrEqual(1);
    const classes = seriesOf(page, 'pgbouncer_exporter_query_last_error_info').map((labels) => [
      labels['query'],
      labels['class'],
    ]);
    expect(classes).toEqual([
      ['my_pause', 'config_invalid'],
      ['my_fds', 'config_invalid'],
    ]);
    expect(page.value('pgbouncer_database_paused', { datname: 'app' })).toBe(0);
  });

  test('the process of PgBouncer from its pid file', async () => {
    const page = await (await observe({ url: pooler.console('monitor'), pidFile: pooler.pidFile })).scrape();
    expect(page.value('pgbouncer_process_resident_memory_bytes')).toBeGreaterThan(1e6);
    expect(page.value('pgbouncer_process_start_time_seconds')).toBeGreaterThan(1.6e9);
    expect(page.value('pgbouncer_process_open_fds')).toBeGreaterThan(3);
  });

  test('says what runs and what does not, with the reason', async () => {
    const exporter = await observe({ url: pooler.console('monitor') });
    expect((await exporter.get('/explain')).status).toBe(503);
    await exporter.scrape();
    const { body } = await exporter.get('/explain');
    expect(body).toContain('SHOW POOLS');
    expect(body).toMatch(/pgbouncer_stats:\n\s+name: pgbouncer_stats\n\s+reason: not_enabled/u);
    expect((await exporter.get('/stat')).body).toContain('pgbouncer_pool');
    expect(JSON.parse((await exporter.get('/api/status')).body)).toMatchObject({ schemaVersion: 1, up: true });
    expect((await exporter.get('/version')).body).toMatch(/^pgbouncer_exporter \d/u);
    expect((await exporter.get('/reload', 'POST')).status).toBe(200);
    expect((await exporter.get('/reload')).status).toBe(405);
  });
});
