import { once } from 'node:events';
import { connect } from 'node:net';
import { pgCore, postgresCollectors } from '@pgattest/catalog';
import { startDemoCluster, waitFor, type DemoCluster } from '@pgattest/lab';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { contractBranches, contractBuiltins, runsOn } from '../contract/contract-data.ts';
import { driftedCollector, guardCollector, repeatingCollector, slowCollector } from './exporter-collectors.ts';
import { createExporters, promtoolParseErrors, type Scrape, type TestExporter } from './exporter-harness.ts';

const ours = `application_name = 'pg_exporter'`;

/** Collectors the demo cluster has everything for; pg_stat_statements is the one extension it has. */
const plannable = postgresCollectors.filter(
  ({ skippedByDefault, requires }) =>
    skippedByDefault !== true && (requires?.extensions ?? []).every((name) => name === 'pg_stat_statements'),
);

function hitsOf(page: Scrape): number | undefined {
  return page.value('pg_exporter_query_scrape_hit_count', { query: 'pg_size' });
}

describe('the exporter on a healthy cluster', { timeout: 300_000 }, () => {
  const exporters = createExporters();
  let cluster: DemoCluster;
  beforeAll(async () => {
    cluster = await startDemoCluster({ durable: false });
  }, 300_000);
  afterEach(exporters.closeAll);
  afterAll(async () => {
    await cluster.stop();
  });

  const onPrimary = (overrides: Parameters<typeof exporters.start>[2] = {}): Promise<TestExporter> =>
    exporters.start(cluster, cluster.primary, overrides);
  const count = async (where: string): Promise<number> => {
    const rows = await cluster
      .admin(cluster.primary)
      .rows(`SELECT count(*) AS n FROM pg_stat_activity WHERE ${ours} AND ${where}`);
    return Number(rows[0]?.['n']);
  };
  const untilCount = (where: string, n: number): Promise<true | undefined> =>
    waitFor(async () => ((await count(where)) === n ? true : undefined), { timeoutMs: 60_000, everyMs: 50 });
  const sleeping = `query LIKE '%pg_sleep%' AND state = 'active'`;

  describe.each(['primary', 'replica'] as const)('scrapes a %s', (role) => {
    let page: Scrape;
    beforeAll(async () => {
      const exporter = await exporters.start(cluster, cluster[role], { labels: { cls: 'pg-demo' } });
      page = await exporter.scrape();
    });

    test('completely: it is up, in its role, and no collector fails', () => {
      expect(page.status).toBe(200);
      expect(page.failing).toEqual({});
      expect(page.value('pg_up')).toBe(1);
      expect(page.value('pg_role_known')).toBe(1);
      expect(page.value('pg_version')).toBe(cluster.versionNum);
      expect(page.value('pg_in_recovery')).toBe(role === 'replica' ? 1 : 0);
      for (const { id } of plannable) {
        const variants = Object.values(contractBranches).filter((branch) => branch.collector === id);
        if (!variants.some((branch) => runsOn(branch, cluster.versionNum, role))) continue;
        expect({ id, up: page.value('pg_exporter_query_up', { datname: 'postgres', query: id }) }).toEqual({
          id,
          up: 1,
        });
      }
    });

    test('in a text that promtool parses', async () => {
      expect(await promtoolParseErrors(page.text)).toBe('');
    });

    test('with every metric of the contract that has rows, of its type and with its labels', () => {
      const families = new Map(page.families.map((family) => [family.name, family]));
      const ids = new Set(plannable.map(({ id }) => id));
      for (const branch of Object.values(contractBranches)) {
        if (!ids.has(branch.collector) || !runsOn(branch, cluster.versionNum, role)) continue;
        const samples = page.value('pg_exporter_query_scrape_metric_count', { query: branch.collector });
        if (samples === 0) continue;
        for (const [kind, names] of [
          ['gauge', branch.gauges],
          ['counter', branch.counters],
        ] as const) {
          for (const name of names) {
            const family = families.get(name);
            const labels = [...branch.labels, 'cls'].toSorted();
            const found = { name, kind: family?.kind, labels: family?.labelNames.toSorted() };
            expect(found).toEqual({ name, kind, labels });
          }
        }
      }
      for (const { metric, type, labels } of contractBuiltins) {
        if (!metric.startsWith('pg_') || metric.endsWith('_predicate_skip_count')) continue;
        expect(families.get(metric)).toMatchObject({ name: metric, kind: type, labelNames: [...labels, 'cls'] });
      }
    });
  });

  test('answers health questions by role', async () => {
    const primary = await onPrimary();
    const replica = await exporters.start(cluster, cluster.replica);
    await Promise.all([primary.scrape(), replica.scrape()]);
    for (const path of ['/up', '/read', '/health', '/liveness', '/readiness']) {
      expect(await primary.get(path)).toEqual({ status: 200, body: 'primary' });
      expect(await replica.get(path)).toEqual({ status: 200, body: 'replica' });
    }
    for (const path of ['/primary', '/leader', '/master', '/read-write', '/rw']) {
      expect(await primary.get(path)).toEqual({ status: 200, body: 'primary' });
      expect(await replica.get(path)).toEqual({ status: 404, body: 'replica' });
    }
    for (const path of ['/replica', '/standby', '/slave', '/read-only', '/ro']) {
      expect(await primary.get(path)).toEqual({ status: 404, body: 'primary' });
      expect(await replica.get(path)).toEqual({ status: 200, body: 'replica' });
    }
  });

  test('knows its health without being scraped', async () => {
    const exporter = await onPrimary();
    const up = await waitFor(async () => ((await exporter.get('/up')).status === 200 ? true : undefined), {
      timeoutMs: 60_000,
    });
    expect(up).toBe(true);
  });

  test('explains its plan, its collectors and itself, and links to all of it', async () => {
    const exporter = await onPrimary();
    expect((await exporter.get('/explain')).status).toBe(503);
    expect((await exporter.get('/stat')).status).toBe(503);
    await exporter.scrape();
    const explained = (await exporter.get('/explain')).body;
    expect(explained).toContain('pg_primary_only:');
    expect(explained).toContain('pg_current_wal_lsn()');
    expect(explained).toContain('reason: wrong_role');
    expect((await exporter.get('/stat')).body).toMatch(/^pg_db +1 +0 +0/m);
    expect((await exporter.get('/version')).body).toMatch(/^pg_exporter \d/);

    const page = (await exporter.get('/')).body;
    const links = [...page.matchAll(/href="([^"]+)"/g)].map(([, path]) => path ?? '');
    expect(links).toContain('/metrics');
    const statuses = await Promise.all(links.map(async (path) => [path, (await exporter.get(path)).status]));
    expect(statuses.filter(([, status]) => status !== 200)).toEqual([['/replica', 404]]);
    expect((await exporter.get('/nothing-here')).status).toBe(404);
  });

  test('forgets its caches on POST /reload and only on POST', async () => {
    const exporter = await onPrimary();
    await exporter.scrape();
    expect((await exporter.get('/reload')).status).toBe(405);
    const response = await fetch(`${exporter.url}/reload`, { method: 'POST' });
    expect(await response.text()).toBe('server reloaded\n');
    const page = await exporter.scrape();
    expect(page.value('pg_exporter_query_scrape_hit_count', { query: 'pg_db' })).toBe(0);
    expect(page.value('pg_exporter_query_scrape_total_count', { query: 'pg_db' })).toBe(2);
  });

  test('replays what is fresh, and with the cache off runs everything', async () => {
    const cached = await onPrimary();
    const uncached = await onPrimary({ disableCache: true });
    for (const exporter of [cached, uncached]) await exporter.scrape();
    expect(hitsOf(await cached.scrape())).toBe(1);
    expect(hitsOf(await uncached.scrape())).toBe(0);
  });

  test('runs one scrape for fifty callers, on four sessions and one for health', async () => {
    // The server ends the sessions of earlier exporters in its own time.
    expect(await untilCount('true', 0)).toBe(true);
    const exporter = await onPrimary({ collectors: [...postgresCollectors, slowCollector(2)] });
    const answered = new AbortController();
    const pages = Promise.all(Array.from({ length: 50 }, () => exporter.scrape())).finally(() => answered.abort());
    const seen: number[] = [];
    while (!answered.signal.aborted) {
      seen.push(await count('true'));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(Math.max(...seen)).toBeGreaterThan(1);
    expect(Math.max(...seen)).toBeLessThanOrEqual(5);
    for (const page of await pages) {
      expect(page.value('pg_exporter_scrape_total_count')).toBe(1);
      expect(page.value('pg_slow_value')).toBe(1);
    }
  });

  test('leaves no query behind when the only caller goes away', async () => {
    const exporter = await onPrimary({ collectors: [pgCore, slowCollector(50)] });
    const client = new AbortController();
    const answer = fetch(`${exporter.url}/metrics`, { signal: client.signal }).catch(() => 'gone');
    expect(await untilCount(sleeping, 1)).toBe(true);
    client.abort();
    expect(await answer).toBe('gone');
    expect(await untilCount(sleeping, 0)).toBe(true);
    expect(exporter.log()).not.toContain('collector fails');
  });

  test('answers within the time the scraper has, without the collector that takes longer', async () => {
    const exporter = await onPrimary({ collectors: [...postgresCollectors, slowCollector(50)] });
    const page = await exporter.scrape({ 'X-Prometheus-Scrape-Timeout-Seconds': '10' });
    expect(page.value('pg_exporter_scrape_budget_seconds')).toBe(9.5);
    expect(page.value('pg_up')).toBe(1);
    expect(page.failing).toEqual({ pg_slow: 'timeout' });
    expect(page.value('pg_setting_max_connections')).toBeGreaterThan(0);
    expect(await untilCount(sleeping, 0)).toBe(true);
  });

  test('gives each of two callers what its own time allows', async () => {
    const exporter = await onPrimary({ collectors: [pgCore, slowCollector(10)] });
    const patient = exporter.scrape();
    expect(await untilCount(sleeping, 1)).toBe(true);
    const hasty = await exporter.scrape({ 'X-Prometheus-Scrape-Timeout-Seconds': '2' });
    expect(hasty.failing).toEqual({ pg_slow: 'timeout' });
    expect(hasty.value('pg_up')).toBe(1);
    expect((await patient).value('pg_slow_value')).toBe(1);
    expect((await patient).failing).toEqual({});
  });

  test('ends a collector at its own budget, on the server too, and keeps the rest', async () => {
    const collectors = [pgCore, { ...slowCollector(300), timeoutSeconds: 5 }];
    const exporter = await onPrimary({ collectors, queryTimeoutMs: 5000 });
    const page = await exporter.scrape();
    expect(page.failing).toEqual({ pg_slow: 'timeout' });
    expect(await untilCount(sleeping, 0)).toBe(true);
    expect(page.value('pg_uptime')).toBeGreaterThan(0);
  });

  test('runs every statement read-only, with a deadline of its own and a lock timeout', async () => {
    const exporter = await onPrimary({ collectors: [guardCollector], queryTimeoutMs: 2000 });
    const guard = (await exporter.scrape()).families.find(({ name }) => name === 'pg_guard_value');
    expect(guard?.samples).toEqual([{ labels: ['2s', '500ms', 'on', 'pg_exporter'], value: 1 }]);
  });

  test('drops a duplicate series, counts it and names it, instead of losing the scrape', async () => {
    const exporter = await onPrimary({ collectors: [pgCore, repeatingCollector] });
    const first = await exporter.scrape();
    expect(first.value('pg_repeating_value', { name: 'a' })).toBe(1);
    expect(first.value('pg_repeating_value', { name: 'b' })).toBe(3);
    expect(first.value('pg_exporter_query_dropped_series_total', { query: 'pg_repeating' })).toBe(1);
    const second = await exporter.scrape();
    expect(second.value('pg_exporter_query_dropped_series_total', { query: 'pg_repeating' })).toBe(2);
    expect(exporter.log().match(/series dropped/g)).toHaveLength(1);
    expect(exporter.log()).toContain('pg_repeating_value');
  });

  test('reports a collector whose SQL lost a column, and keeps the rest', async () => {
    const exporter = await onPrimary({ collectors: [pgCore, driftedCollector] });
    const page = await exporter.scrape();
    expect(page.failing).toEqual({ pg_drifted: 'missing_column' });
    expect(page.value('pg_up')).toBe(1);
    expect(exporter.log()).toContain('has no column value');
  });

  test('serves others while a client never reads its answer, and stops in spite of it', async () => {
    const exporter = await onPrimary();
    const { hostname, port } = new URL(exporter.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    socket.pause();
    await once(socket, 'connect');
    socket.write(`GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n`.repeat(200));
    try {
      expect((await exporter.scrape()).value('pg_up')).toBe(1);
      await exporter.close();
    } finally {
      socket.destroy();
    }
  });

  test('leaves no session when it stops, also in the middle of a scrape', async () => {
    const exporter = await onPrimary({ collectors: [pgCore, slowCollector(50)] });
    const answer = exporter.scrape().catch(() => undefined);
    expect(await untilCount(sleeping, 1)).toBe(true);
    await exporter.close();
    await answer;
    expect(await untilCount('true', 0)).toBe(true);
  });

  test('shows no self metrics when told so', async () => {
    const page = await (await onPrimary({ disableIntro: true })).scrape();
    expect(page.text).not.toContain('pg_exporter_');
    expect(page.value('pg_setting_max_connections')).toBeGreaterThan(0);
  });
});
