import { defineCollector, gauge, pgCore, type AnyCollector } from '@pgattest/catalog';
import { startDemoCluster, waitFor, type DemoCluster } from '@pgattest/lab';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createExporters, type TestExporter } from './exporter-harness.ts';
import { untilNoSession } from './until-no-session.ts';

const base = {
  source: 'postgres',
  scope: 'database',
  help: 'A collector for tests',
  cacheSeconds: 0,
  timeoutSeconds: 20,
  priority: 1000,
} as const;

/** Says which database it ran in. */
const whereCollector: AnyCollector = defineCollector({
  ...base,
  id: 'pg_where',
  labels: { datname: 'Database' },
  metrics: { value: gauge('count', 'Always 1') },
  variants: [{ branch: 'pg_where', sql: 'SELECT current_database() AS datname, 1 AS value' }],
});

/** Takes its time in every database. */
const sleepyCollector = (seconds: number): AnyCollector =>
  defineCollector({
    ...base,
    id: 'pg_sleepy',
    labels: { datname: 'Database' },
    metrics: { value: gauge('count', 'Always 1') },
    variants: [
      { branch: 'pg_sleepy', sql: `SELECT current_database() AS datname, 1 AS value FROM pg_sleep(${seconds})` },
    ],
  });

/** Needs an extension. */
const extensionCollector: AnyCollector = defineCollector({
  ...base,
  id: 'pg_needy',
  requires: { extensions: ['file_fdw'] },
  labels: { datname: 'Database' },
  metrics: { value: gauge('count', 'Always 1') },
  variants: [{ branch: 'pg_needy', sql: 'SELECT current_database() AS datname, 1 AS value' }],
});

describe('several databases of one server', { timeout: 300_000 }, () => {
  const exporters = createExporters();
  let cluster: DemoCluster;
  const made = Array.from({ length: 8 }, (_, index) => `many_${index}`);
  beforeAll(async () => {
    cluster = await startDemoCluster({ durable: false, replicas: 0 });
    cluster.primary.appendHba('hostssl all pgattest_monitor 127.0.0.1/32 scram-sha-256');
    await cluster.primary.reload();
    for (const name of made) await cluster.admin(cluster.primary).exec(`CREATE DATABASE ${name}`);
  }, 300_000);
  afterEach(exporters.closeAll);
  afterAll(async () => {
    await cluster.stop();
  });

  const start = (overrides: Parameters<typeof exporters.start>[2] = {}): Promise<TestExporter> =>
    exporters.start(cluster, cluster.primary, { collectors: [pgCore, whereCollector], ...overrides });
  const admin = (database?: string) => cluster.admin(cluster.primary, database);
  const sessions = async (where: string): Promise<number> => {
    const rows = await admin().rows(
      `SELECT count(*) AS n FROM pg_stat_activity WHERE application_name = 'pg_exporter' AND ${where}`,
    );
    return Number(rows[0]?.['n']);
  };

  test('all are read, each once, and each says that it is up', async () => {
    const page = await (await start()).scrape();
    for (const datname of [...made, 'app', 'postgres']) {
      expect(page.value('pg_where_value', { datname })).toBe(1);
      expect(page.value('pg_exporter_server_up', { datname })).toBe(1);
      expect(page.value('pg_exporter_query_up', { datname, query: 'pg_where' })).toBe(1);
    }
    // A collector of the whole server runs in the given database only.
    expect(page.value('pg_exporter_query_up', { datname: 'app', query: 'pg' })).toBeUndefined();
    expect(page.value('pg_exporter_plan_skipped_queries', { datname: 'app', reason: 'once_per_instance' })).toBe(1);
    expect(page.value('pg_exporter_server_up', { datname: 'template1' })).toBeUndefined();
  });

  test('every built-in collector works in every database', async () => {
    const page = await exporters.start(cluster, cluster.primary).then((exporter) => exporter.scrape());
    expect(page.failing).toEqual({});
    expect(page.value('pg_exporter_server_up', { datname: 'many_7' })).toBe(1);
  });

  test('include and exclude choose, and discovery can be switched off', async () => {
    const chosen = await (
      await start({ includeDatabases: ['many_1', 'many_2'], excludeDatabases: ['many_2'] })
    ).scrape();
    expect(chosen.value('pg_where_value', { datname: 'many_1' })).toBe(1);
    expect(chosen.value('pg_where_value', { datname: 'many_2' })).toBeUndefined();
    expect(chosen.value('pg_where_value', { datname: 'postgres' })).toBe(1);
    const alone = await (await start({ autoDiscovery: false })).scrape();
    expect(alone.value('pg_where_value', { datname: 'app' })).toBeUndefined();
    expect(alone.value('pg_where_value', { datname: 'postgres' })).toBe(1);
  });

  test('never has more sessions than allowed, and keeps none on a discovered database', async () => {
    await untilNoSession(cluster, cluster.primary);
    const exporter = await start({ collectors: [pgCore, sleepyCollector(0.2)], maxSessions: 3 });
    let most = 0;
    const ended = new AbortController();
    const watch = (async () => {
      while (!ended.signal.aborted) most = Math.max(most, await sessions('true'));
    })();
    const page = await exporter.scrape();
    ended.abort();
    await watch;
    for (const datname of made) expect(page.value('pg_sleepy_value', { datname })).toBe(1);
    // Health has one of its own.
    expect(most).toBeLessThanOrEqual(4);
    expect(most).toBeGreaterThan(2);
    await untilNoSession(cluster, cluster.primary, `datname <> 'postgres'`);
  });

  test('one session in all is enough for every database, scrape after scrape', async () => {
    const exporter = await start({ maxSessions: 1 });
    for (let turn = 1; turn <= 3; turn += 1) {
      const page = await exporter.scrape({ 'X-Prometheus-Scrape-Timeout-Seconds': '30' });
      expect(page.failing).toEqual({});
      for (const datname of [...made, 'app', 'postgres']) {
        expect(page.value('pg_exporter_server_up', { datname })).toBe(1);
        expect(page.value('pg_exporter_query_scrape_total_count', { datname, query: 'pg_where' })).toBe(turn);
      }
    }
  });

  test('a database can be dropped right after a scrape, and is forgotten', async () => {
    await admin().exec('CREATE DATABASE short_lived');
    const exporter = await start();
    expect((await exporter.scrape()).value('pg_where_value', { datname: 'short_lived' })).toBe(1);
    await admin().exec('DROP DATABASE short_lived');
    const page = await exporter.scrape();
    expect(page.text).not.toContain('short_lived');
    expect(page.value('pg_up')).toBe(1);
    expect(exporter.log()).toContain('databases discovered');
  });

  test('a new database is read in the scrape that finds it', async () => {
    const exporter = await start();
    await exporter.scrape();
    await admin().exec('CREATE DATABASE newcomer');
    try {
      expect((await exporter.scrape()).value('pg_where_value', { datname: 'newcomer' })).toBe(1);
    } finally {
      await admin().exec('DROP DATABASE newcomer');
    }
  });

  test('one that is dropped in the middle of a scrape costs only itself', async () => {
    await admin().exec('CREATE DATABASE doomed');
    const exporter = await start({ collectors: [pgCore, sleepyCollector(3), whereCollector], maxSessions: 4 });
    const answer = exporter.scrape();
    const busy = await waitFor(
      async () => ((await sessions(`datname = 'doomed' AND query LIKE '%pg_sleep%'`)) > 0 ? true : undefined),
      { timeoutMs: 60_000, everyMs: 20 },
    );
    expect(busy).toBe(true);
    await admin().exec('DROP DATABASE doomed WITH (FORCE)');
    const page = await answer;
    expect(page.value('pg_up')).toBe(1);
    expect(page.value('pg_where_value', { datname: 'doomed' })).toBeUndefined();
    for (const datname of made) expect(page.value('pg_where_value', { datname })).toBe(1);
  });

  test('one that refuses us is named with its reason, and heals', async () => {
    await admin().exec('REVOKE CONNECT ON DATABASE many_3 FROM PUBLIC');
    const exporter = await start();
    const page = await exporter.scrape();
    expect(page.value('pg_up')).toBe(1);
    expect(page.value('pg_exporter_server_up', { datname: 'many_3' })).toBe(0);
    expect(
      page.value('pg_exporter_server_last_error_info', {
        datname: 'many_3',
        class: 'permission_denied',
        sqlstate: '42501',
      }),
    ).toBe(1);
    expect(page.value('pg_where_value', { datname: 'many_4' })).toBe(1);
    await admin().exec('GRANT CONNECT ON DATABASE many_3 TO PUBLIC');
    const healed = await waitFor(
      async () => ((await exporter.scrape()).value('pg_where_value', { datname: 'many_3' }) === 1 ? true : undefined),
      { timeoutMs: 90_000, everyMs: 300 },
    );
    expect(healed).toBe(true);
    expect(exporter.log().match(/database cannot be read/g)).toHaveLength(1);
  });

  test('a role with a single connection to spare still reads every database', async () => {
    await untilNoSession(cluster, cluster.primary);
    await admin().exec('ALTER ROLE pgattest_monitor CONNECTION LIMIT 2');
    try {
      const page = await (await start()).scrape();
      for (const datname of made) expect(page.value('pg_where_value', { datname })).toBe(1);
    } finally {
      await admin().exec('ALTER ROLE pgattest_monitor CONNECTION LIMIT 10');
    }
  });

  test('a deadline costs those that were not reached, and the next scrape begins with them', async () => {
    const exporter = await start({ collectors: [pgCore, sleepyCollector(4)], maxSessions: 3 });
    const hurry = { 'X-Prometheus-Scrape-Timeout-Seconds': '12' };
    const read = async (): Promise<readonly string[]> => {
      const page = await exporter.scrape(hurry);
      expect(page.value('pg_up')).toBe(1);
      return made.filter((datname) => page.value('pg_sleepy_value', { datname }) === 1);
    };
    const first = await read();
    expect(first.length).toBeGreaterThan(0);
    expect(first.length).toBeLessThan(made.length);
    const second = await read();
    expect(second.some((name) => !first.includes(name))).toBe(true);
  });

  test('an extension created meanwhile is noticed in its database by the next scrape', async () => {
    const exporter = await start({ collectors: [pgCore, extensionCollector, whereCollector] });
    expect((await exporter.scrape()).value('pg_needy_value')).toBeUndefined();
    await admin('many_5').exec('CREATE EXTENSION file_fdw');
    const page = await exporter.scrape();
    expect(page.value('pg_needy_value', { datname: 'many_5' })).toBe(1);
    expect(page.value('pg_needy_value', { datname: 'many_6' })).toBeUndefined();
  });

  test('a database whose results are all fresh is not visited', async () => {
    const exporter = await start({ collectors: [pgCore, { ...whereCollector, cacheSeconds: 60 }] });
    await exporter.scrape();
    await untilNoSession(cluster, cluster.primary, `datname <> 'postgres'`);
    const page = await exporter.scrape();
    expect(await sessions(`datname <> 'postgres'`)).toBe(0);
    expect(page.value('pg_where_value', { datname: 'many_1' })).toBe(1);
    expect(page.value('pg_exporter_query_scrape_hit_count', { datname: 'many_1', query: 'pg_where' })).toBe(1);
  });
});
