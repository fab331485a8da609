import { chown, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createAuthority, waitFor } from '@pgattest/lab';
import type { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Scrape } from '../../e2e/exporter-harness.ts';
import { seriesOf, startExporter, type TestExporter } from './exporter.ts';
import { startLivePgbouncer, type LivePgbouncer } from './live.ts';

/** Class of the error that keeps the console unread. */
const errorClass = (page: Scrape): string | undefined =>
  seriesOf(page, 'pgbouncer_exporter_server_last_error_info')[0]?.['class'];
const isUp = (page: Scrape): boolean => page.value('pgbouncer_up') === 1;

describe('trouble with a real PgBouncer is seen in one scrape, and its end too', { timeout: 180_000 }, () => {
  let pooler: LivePgbouncer;
  let exporter: TestExporter;
  const clients: Client[] = [];
  const connect = async (): Promise<Client> => {
    const client = await pooler.client('trouble');
    clients.push(client);
    return client;
  };
  beforeAll(async () => {
    pooler = await startLivePgbouncer();
  }, 180_000);
  afterAll(async () => {
    await pooler.close();
  });
  beforeEach(async () => {
    exporter = await startExporter({ url: pooler.console('monitor') });
    await exporter.until(isUp);
  });
  afterEach(async () => {
    await exporter.close();
    await Promise.all(clients.splice(0).map((client) => client.end().catch(() => undefined)));
    // A test that failed half-way must not break the next one.
    await pooler.stop('SIGKILL');
    await pooler.start();
  });

  test('a paused database', async () => {
    await pooler.command('PAUSE app');
    const paused = await exporter.scrape();
    expect(paused.value('pgbouncer_database_paused', { datname: 'app' })).toBe(1);
    expect(paused.value('pgbouncer_databases_paused', { name: 'app' })).toBe(1);
    await pooler.command('RESUME app');
    expect((await exporter.scrape()).value('pgbouncer_database_paused', { datname: 'app' })).toBe(0);
  });

  test('everything paused, which this version has no command to tell: clients wait and nothing will serve them', async () => {
    const client = await connect();
    await client.query('SELECT 1');
    await pooler.command('PAUSE');
    const waiting = client.query('SELECT 1');
    const pool = { datname: 'app', user: 'app_rw' };
    const paused = await exporter.until((page) => page.value('pgbouncer_pool_waiting_clients', pool) === 1);
    expect(paused.value('pgbouncer_pool_queue_stalled', pool)).toBe(1);
    expect(paused.value('pgbouncer_pools_client_waiting_connections', { database: 'app' })).toBe(1);
    await pooler.command('RESUME');
    await waiting;
    const resumed = await exporter.scrape();
    expect(resumed.value('pgbouncer_pool_queue_stalled', pool)).toBe(0);
    expect(resumed.value('pgbouncer_pool_waiting_clients', pool)).toBe(0);
  });

  test('a disabled database', async () => {
    await pooler.command('DISABLE app');
    expect((await exporter.scrape()).value('pgbouncer_database_disabled', { datname: 'app' })).toBe(1);
    await pooler.command('ENABLE app');
    expect((await exporter.scrape()).value('pgbouncer_database_disabled', { datname: 'app' })).toBe(0);
  });

  test('a pool of one server with a second client that waits for it', async () => {
    const pool = { datname: 'app', user: 'app_rw' };
    const [holder, waiter] = [await connect(), await connect()];
    await holder.query('BEGIN');
    const waiting = waiter.query('SELECT 1');
    const exhausted = await exporter.until((page) => page.value('pgbouncer_pool_waiting_clients', pool) === 1);
    expect(exhausted.value('pgbouncer_pool_active_servers', pool)).toBe(1);
    expect(exhausted.value('pgbouncer_pool_queue_stalled', pool)).toBe(0);
    expect(exhausted.value('pgbouncer_pool_queue_longest_wait_seconds', pool)).toBeGreaterThan(0);
    expect(exhausted.value('pgbouncer_client_connections', { database: 'app', state: 'waiting' })).toBe(1);
    await holder.query('COMMIT');
    await waiting;
    const relaxed = await exporter.scrape();
    expect(relaxed.value('pgbouncer_pool_waiting_clients', pool)).toBe(0);
    expect(relaxed.value('pgbouncer_pool_queue_longest_wait_seconds', pool)).toBe(0);
  });

  test('a wrong password, and the right one in its place', async () => {
    let url = pooler.console('monitor', { password: 'the-Wrong-2026' });
    const other = await startExporter({ url: () => Promise.resolve(url) });
    try {
      const refused = await other.scrape();
      expect([refused.value('pgbouncer_up'), errorClass(refused)]).toEqual([0, 'auth_failed']);
      expect(refused.text).not.toMatch(/^pgbouncer_(?:pool|database|stat|list)/mu);
      expect((await other.get('/health')).status).toBe(503);
      url = pooler.console('monitor');
      expect(isUp(await other.scrape())).toBe(true);
      expect(other.log()).not.toMatch(/the-(?:Wrong|Monitor)-2026/u);
      expect(other.log()).toContain('check user and password against auth_file');
    } finally {
      await other.close();
    }
  });

  test('a user who is not in stats_users, until it is', async () => {
    const other = await startExporter({ url: pooler.console('outsider') });
    try {
      const refused = await other.scrape();
      expect([refused.value('pgbouncer_up'), errorClass(refused)]).toEqual([0, 'permission_denied']);
      expect(other.log()).toContain('add the user to stats_users');
      await pooler.command("SET stats_users = 'monitor,outsider'");
      await other.until(isUp);
    } finally {
      await other.close();
    }
  });

  test('TLS that one side wants and the other has not', async () => {
    const authority = createAuthority('test', new Date());
    const { certificate, key } = authority.issue('127.0.0.1', ['127.0.0.1']);
    for (const [name, text] of Object.entries({ 'server.crt': certificate, 'server.key': key })) {
      await writeFile(join(pooler.dir, name), text, { mode: 0o600 });
      if (process.getuid?.() === 0) await chown(join(pooler.dir, name), 65_534, 65_534);
    }
    const encrypted = await startExporter({ url: pooler.console('monitor', { query: 'sslmode=require' }) });
    try {
      const refused = await encrypted.scrape();
      expect([refused.value('pgbouncer_up'), errorClass(refused)]).toEqual([0, 'tls_failed']);
      await pooler.stop();
      await pooler.start({
        client_tls_sslmode: 'require',
        client_tls_cert_file: join(pooler.dir, 'server.crt'),
        client_tls_key_file: join(pooler.dir, 'server.key'),
      });
      const healed = await encrypted.until(isUp);
      expect(healed.value('pgbouncer_client_encrypted_ratio')).toBe(1);
      expect(seriesOf(healed, 'pgbouncer_config_security_info')[0]?.['client_tls_sslmode']).toBe('require');
      // And the other way round: plain text to one that wants TLS.
      const plain = await exporter.until((page) => !isUp(page) && errorClass(page) === 'tls_failed');
      expect(plain.value('pgbouncer_version')).toBeGreaterThan(11_000);
    } finally {
      await encrypted.close();
    }
  });

  test('a restart costs no scrape: the lost session is replaced', async () => {
    const before = (await exporter.scrape()).value('pgbouncer_exporter_sessions_opened_total') ?? 0;
    await pooler.stop();
    await pooler.start();
    const after = await exporter.until(isUp);
    expect(after.value('pgbouncer_exporter_sessions_opened_total')).toBe(before + 1);
    expect(after.text).not.toContain('last_error_info');
  });

  test('killed', async () => {
    await pooler.stop('SIGKILL');
    const gone = await exporter.scrape();
    expect([gone.status, gone.value('pgbouncer_up'), errorClass(gone)]).toEqual([200, 0, 'unreachable']);
    // What is not known is not shown; the version is the last one known.
    expect(gone.text).not.toMatch(/^pgbouncer_(?:pool|database|stat|list)/mu);
    expect(gone.value('pgbouncer_version')).toBeGreaterThan(11_000);
    expect(gone.value('pgbouncer_exporter_up')).toBe(1);
    expect(gone.value('pgbouncer_exporter_session_age_seconds')).toBeUndefined();
    const health = await waitFor(async () => ((await exporter.get('/health')).status === 503 ? true : undefined), {
      timeoutMs: 30_000,
    });
    expect(health).toBe(true);
    await pooler.start();
    await exporter.until(isUp);
    expect(await exporter.get('/health')).toEqual({ status: 200, body: 'primary' });
    expect(exporter.log()).toContain('server is up again');
  });

  test('hung', async () => {
    const impatient = { connectTimeoutMs: 1000, commandTimeoutMs: 1000 };
    const other = await startExporter({ url: pooler.console('monitor'), ...impatient });
    try {
      await other.until(isUp);
      pooler.signal('SIGSTOP');
      const hung = await other.scrape();
      expect([hung.status, hung.value('pgbouncer_up'), errorClass(hung)]).toEqual([200, 0, 'timeout']);
      expect(hung.text).not.toMatch(/^pgbouncer_(?:pool|database|stat|list)/mu);
      pooler.signal('SIGCONT');
      await other.until(isUp);
    } finally {
      pooler.signal('SIGCONT');
      await other.close();
    }
  });
});
