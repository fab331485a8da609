import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pgCore, postgresCollectors } from '@pgattest/catalog';
import { startDemoCluster, waitFor, type DemoCluster, type DemoNode } from '@pgattest/lab';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { roleBoundCollector, roleWaitCollector, slowCollector } from './exporter-collectors.ts';
import { createExporters, impatient, type Scrape } from './exporter-harness.ts';
import { untilNoSession } from './until-no-session.ts';

/** As Prometheus sends it; the fetch of the harness fails long after. */
const tenSeconds = { 'X-Prometheus-Scrape-Timeout-Seconds': '10' };
/** For scrapes that must be complete, however slow the machine. */
const longEnough = { 'X-Prometheus-Scrape-Timeout-Seconds': '50' };

/** Asserts a page that says: not up, for this reason, and nothing more. */
function expectDown(page: Scrape, errorClass: string): void {
  expect(page.status).toBe(200);
  expect(page.value('pg_up')).toBe(0);
  expect(page.value('pg_role_known')).toBe(0);
  expect(page.errorClass).toBe(errorClass);
  expect(page.value('pg_exporter_up')).toBe(1);
  // Nothing of the collectors: neither old values nor a claim that they fail.
  expect(page.value('pg_setting_max_connections')).toBeUndefined();
  expect(page.failing).toEqual({});
}

describe('the exporter on a cluster in trouble', { timeout: 300_000 }, () => {
  const exporters = createExporters();
  let cluster: DemoCluster;
  let dir: string;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'pgattest-exporter-'));
    cluster = await startDemoCluster({ durable: false });
  }, 300_000);
  afterEach(async () => {
    await exporters.closeAll();
    for (const node of cluster.nodes) node.resume();
    await Promise.all(cluster.nodes.map((node) => node.start()));
  });
  afterAll(async () => {
    await cluster.stop();
    rmSync(dir, { recursive: true });
  });

  /** A superuser's session that holds a lock until it is ended. */
  async function lock(node: DemoNode, table: string): Promise<() => Promise<void>> {
    const password = readFileSync(cluster.passfile('superuser'), 'utf8').trim().split(':')[4] ?? '';
    const client = new Client({
      host: cluster.socketDir,
      port: node.port,
      user: 'postgres',
      database: 'postgres',
      password,
    });
    client.on('error', () => {});
    await client.connect();
    await client.query('BEGIN');
    await client.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    return () => client.end();
  }

  /** Until pg_role_wait runs on the replica. */
  const untilRoleWaits = async (): Promise<void> => {
    const running = `SELECT 1 FROM pg_stat_activity
                      WHERE state = 'active' AND application_name = 'pg_exporter' AND query LIKE '%AS turn%'`;
    const seen = await waitFor(
      async () => ((await cluster.admin(cluster.replica).rows(running)).length > 0 ? true : undefined),
      { timeoutMs: 60_000, everyMs: 20 },
    );
    expect(seen).toBe(true);
  };

  test.each(['fast', 'immediate'] as const)(
    'a server stopped %s shows in the next scrape, and heals by itself',
    async (mode) => {
      const node = cluster.replica;
      const exporter = await exporters.start(cluster, node);
      expect((await exporter.scrape()).value('pg_up')).toBe(1);
      await node.stop(mode);
      const down = await exporter.scrape(tenSeconds);
      expectDown(down, 'unreachable');
      expect(down.value('pg_in_recovery')).toBe(1);
      expect(await exporter.get('/up')).toEqual({ status: 503, body: 'down' });
      expect(await exporter.get('/replica')).toEqual({ status: 503, body: 'down' });
      await exporter.scrape(tenSeconds);
      expect(exporter.log().match(/server is not up/g)).toHaveLength(1);

      await node.start();
      const up = await exporter.scrape(longEnough);
      expect(up.value('pg_up')).toBe(1);
      expect(up.errorClass).toBeUndefined();
      expect(up.failing).toEqual({});
      expect(up.value('pg_exporter_scrape_error_count')).toBe(2);
      expect(await exporter.get('/replica')).toEqual({ status: 200, body: 'replica' });
      expect(exporter.log()).toContain('server is up again');
    },
  );

  test('a server restarted between two scrapes is no failure', async () => {
    const exporter = await exporters.start(cluster, cluster.replica);
    await exporter.scrape();
    await cluster.replica.restart('immediate');
    const page = await exporter.scrape();
    expect(page.value('pg_up')).toBe(1);
    expect(page.failing).toEqual({});
  });

  test('a server that was never reached has no version and no role', async () => {
    await cluster.replica.stop();
    const exporter = await exporters.start(cluster, cluster.replica);
    const page = await exporter.scrape(tenSeconds);
    expectDown(page, 'unreachable');
    expect(page.value('pg_version')).toBeUndefined();
    expect(page.value('pg_in_recovery')).toBeUndefined();
  });

  test('with fail-fast a server that is not up is a reason not to start', async () => {
    await cluster.replica.stop();
    await expect(exporters.start(cluster, cluster.replica, { failFast: true })).rejects.toThrow(
      'server is not up (unreachable)',
    );
  });

  test('a wrong password is named and never shown', async () => {
    const passfile = join(dir, 'wrong.pgpass');
    writeFileSync(passfile, '*:*:*:*:surely-not-the-password\n', { mode: 0o600 });
    const url = `${cluster.dsn(cluster.primary, 'monitor').replace(/ passfile=\S+/, '')} passfile=${passfile}`;
    const exporter = await exporters.start(cluster, cluster.primary, { url });
    const page = await exporter.scrape(tenSeconds);
    expectDown(page, 'auth_failed');
    expect(page.text).toContain('sqlstate="28P01"');
    expect(page.text + exporter.log()).not.toContain('surely-not-the-password');
  });

  test('secrets are in no page and no log', async () => {
    const exporter = await exporters.start(cluster, cluster.primary);
    const pages = [(await exporter.scrape()).text];
    for (const path of ['/explain', '/stat', '/version', '/']) pages.push((await exporter.get(path)).body);
    for (const secret of cluster.secrets) expect(pages.join('') + exporter.log()).not.toContain(secret);
  });

  test('no connection left for the monitor role is named', async () => {
    const admin = cluster.admin(cluster.primary);
    await admin.exec('ALTER ROLE pgattest_monitor CONNECTION LIMIT 0');
    try {
      const exporter = await exporters.start(cluster, cluster.primary);
      const page = await exporter.scrape(tenSeconds);
      expectDown(page, 'too_many_connections');
      expect(page.text).toContain('sqlstate="53300"');
    } finally {
      await admin.exec('ALTER ROLE pgattest_monitor CONNECTION LIMIT 10');
    }
  });

  test('a role with one connection to spare still gets a complete scrape', async () => {
    const admin = cluster.admin(cluster.primary);
    await untilNoSession(cluster, cluster.primary);
    await admin.exec('ALTER ROLE pgattest_monitor CONNECTION LIMIT 2');
    try {
      const exporter = await exporters.start(cluster, cluster.primary);
      const page = await exporter.scrape(longEnough);
      expect(page.value('pg_up')).toBe(1);
      expect(page.failing).toEqual({});
    } finally {
      await admin.exec('ALTER ROLE pgattest_monitor CONNECTION LIMIT 10');
    }
  });

  test('without pg_monitor the server is up and only what is forbidden is missing', async () => {
    const admin = cluster.admin(cluster.primary);
    await admin.exec('REVOKE pg_monitor FROM pgattest_monitor');
    try {
      const exporter = await exporters.start(cluster, cluster.primary);
      const page = await exporter.scrape(longEnough);
      expect(page.value('pg_up')).toBe(1);
      expect(Object.values(page.failing)).toContain('permission_denied');
      expect(new Set(Object.values(page.failing))).toEqual(new Set(['permission_denied']));
      expect(page.value('pg_setting_max_connections')).toBeGreaterThan(0);
      await exporter.scrape(longEnough);
      const complaints = exporter.log().match(/collector fails/g);
      expect(complaints).toHaveLength(Object.keys(page.failing).length);
    } finally {
      await admin.exec('GRANT pg_monitor TO pgattest_monitor');
    }
  });

  test('a frozen server is down within the scrape timeout, and up when it goes on', async () => {
    const exporter = await exporters.start(cluster, cluster.primary, impatient);
    await exporter.scrape();
    cluster.primary.pause();
    expectDown(await exporter.scrape(tenSeconds), 'timeout');
    const health = await waitFor(async () => ((await exporter.get('/up')).status === 503 ? true : undefined), {
      timeoutMs: 60_000,
    });
    expect(health).toBe(true);
    expectDown(await exporter.scrape({ 'X-Prometheus-Scrape-Timeout-Seconds': '1' }), 'timeout');
    cluster.primary.resume();
    const page = await waitFor(
      async () => {
        const next = await exporter.scrape(tenSeconds);
        return next.value('pg_up') === 1 && Object.keys(next.failing).length === 0 ? next : undefined;
      },
      { timeoutMs: 120_000, everyMs: 200 },
    );
    expect(page?.value('pg_up')).toBe(1);
  });

  test('a server that freezes in the middle of a scrape is answered for in time', async () => {
    const exporter = await exporters.start(cluster, cluster.replica, {
      collectors: [pgCore, roleWaitCollector, ...postgresCollectors.filter(({ id }) => id !== 'pg')],
      maxSessions: 1,
    });
    const answer = exporter.scrape(tenSeconds);
    await untilRoleWaits();
    cluster.replica.pause();
    const page = await answer;
    expect(page.value('pg_up')).toBe(1);
    expect(page.failing['pg_role_wait']).toBe('timeout');
    expect(page.failing['pg_setting']).toBe('not_run');
  });

  test('a locked catalogue costs the collectors that read it, and the role is still known', async () => {
    // While pg_database is locked nobody can connect either.
    const exporter = await exporters.start(cluster, cluster.primary, { connectTimeoutMs: 5000 });
    await exporter.scrape();
    await fetch(`${exporter.url}/reload`, { method: 'POST' });
    const unlock = await lock(cluster.primary, 'pg_database');
    try {
      const page = await exporter.scrape(longEnough);
      expect(page.value('pg_up')).toBe(1);
      expect(page.value('pg_role_known')).toBe(1);
      expect(page.failing['pg_db']).toBe('locked');
      expect(page.value('pg_setting_max_connections')).toBeGreaterThan(0);
    } finally {
      await unlock();
    }
    const healed = await waitFor(
      async () => {
        const next = await exporter.scrape(longEnough);
        return Object.keys(next.failing).length === 0 ? true : undefined;
      },
      { timeoutMs: 120_000, everyMs: 300 },
    );
    expect(healed).toBe(true);
  });

  test('something that accepts connections and is no PostgreSQL is down, in time', async () => {
    const mute = createServer(() => {});
    await new Promise<void>((resolve) => {
      mute.listen(0, '127.0.0.1', resolve);
    });
    const address = mute.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    try {
      const exporter = await exporters.start(cluster, cluster.primary, {
        url: `postgres://monitor@127.0.0.1:${port}/postgres`,
        ...impatient,
      });
      expectDown(await exporter.scrape(tenSeconds), 'timeout');
      expect((await exporter.get('/up')).status).toBe(503);
      await exporter.close();
    } finally {
      mute.close();
    }
  });

  test('a backend that is frozen costs its collector, in time, and is gone when it goes on', async () => {
    const exporter = await exporters.start(cluster, cluster.primary, {
      collectors: [...postgresCollectors, { ...slowCollector(300), timeoutSeconds: 10 }],
      queryTimeoutMs: 10_000,
    });
    const admin = cluster.admin(cluster.primary);
    const sleeping = `SELECT pid::text FROM pg_stat_activity
                       WHERE application_name = 'pg_exporter' AND query LIKE '%pg_sleep%'`;
    const answer = exporter.scrape(longEnough);
    const pid = await waitFor(async () => (await admin.rows(sleeping))[0]?.['pid'], { timeoutMs: 60_000, everyMs: 20 });
    process.kill(Number(pid), 'SIGSTOP');
    try {
      const page = await answer;
      expect(page.value('pg_up')).toBe(1);
      expect(page.failing).toEqual({ pg_slow: 'timeout' });
    } finally {
      process.kill(Number(pid), 'SIGCONT');
    }
    const gone = await waitFor(async () => ((await admin.rows(sleeping)).length === 0 ? true : undefined), {
      timeoutMs: 60_000,
    });
    expect(gone).toBe(true);
  });

  // Last: it changes who is primary.
  test('a promotion in the middle of a scrape is noticed, and the scrape is that of a primary', async () => {
    // A query of an earlier test would be taken for the one that waits here.
    await untilNoSession(cluster, cluster.replica);
    const exporter = await exporters.start(cluster, cluster.replica, {
      collectors: [pgCore, roleWaitCollector, roleBoundCollector],
      maxSessions: 1,
    });
    const answer = exporter.scrape();
    await untilRoleWaits();
    await cluster.replica.promote();
    const page = await answer;
    expect(page.failing).toEqual({});
    expect(page.value('pg_role_bound_value')).toBe(1);
    expect(page.value('pg_in_recovery')).toBe(0);
    expect(page.value('pg_is_in_recovery')).toBe(0);
    expect(await exporter.get('/primary')).toEqual({ status: 200, body: 'primary' });
    // Both variants ran in this one scrape: the first was refused, the second answered.
    expect(page.value('pg_exporter_scrape_total_count')).toBe(1);
    expect(page.value('pg_exporter_query_scrape_total_count', { query: 'pg_role_bound' })).toBe(2);
    expect(page.value('pg_exporter_query_scrape_error_count', { query: 'pg_role_bound' })).toBe(1);
  });
});
