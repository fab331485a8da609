import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineCollector, gauge, pgCore, type AnyCollector } from '@pgattest/catalog';
import { startDemoCluster, waitFor, type DemoCluster, type DemoNode } from '@pgattest/lab';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createExporters, promtoolParseErrors, scrape } from './exporter-harness.ts';

/** As many series as asked for. */
const manyCollector = (series: number): AnyCollector =>
  defineCollector({
    id: 'pg_many',
    source: 'postgres',
    scope: 'instance',
    help: 'Many series',
    cacheSeconds: 0,
    timeoutSeconds: 20,
    priority: 1000,
    labels: { n: 'Number' },
    metrics: { value: gauge('count', 'A value') },
    variants: [{ branch: 'pg_many', sql: `SELECT n, n AS value FROM generate_series(1, ${series}) AS t (n)` }],
  });

describe('one exporter for several servers', { timeout: 300_000 }, () => {
  const exporters = createExporters();
  let cluster: DemoCluster;
  let dir = '';
  let file = '';
  beforeAll(async () => {
    cluster = await startDemoCluster({ durable: false });
    dir = await mkdtemp(join(tmpdir(), 'pgattest-probe-'));
    file = join(dir, 'targets.yml');
  }, 300_000);
  afterEach(exporters.closeAll);
  afterAll(async () => {
    await cluster.stop();
    await rm(dir, { recursive: true });
  });

  const targets = (nodes: Readonly<Record<string, DemoNode>>, more = ''): Promise<void> => {
    const lines = Object.entries(nodes).map(([name, node]) => `  ${name}: ${cluster.dsn(node, 'monitor')}`);
    return writeFile(file, `targets:\n${lines.join('\n')}\n${more}`);
  };
  const sessionsOn = async (node: DemoNode): Promise<number> =>
    (await cluster.admin(node).rows(`SELECT 1 FROM pg_stat_activity WHERE application_name = 'pg_exporter'`)).length;

  test('asks those of the list, each on its own, and nobody else', async () => {
    await targets({ one: cluster.primary, two: cluster.replica }, '  down: postgres://m@127.0.0.1:1/x\n');
    const exporter = await exporters.start(cluster, cluster.primary, { probeTargetsFile: file });
    const [one, two] = await Promise.all([
      scrape(`${exporter.url}/probe?target=one`),
      scrape(`${exporter.url}/probe?target=two`),
    ]);
    expect([one.value('pg_up'), one.value('pg_in_recovery')]).toEqual([1, 0]);
    expect([two.value('pg_up'), two.value('pg_in_recovery')]).toEqual([1, 1]);
    const down = await scrape(`${exporter.url}/probe?target=down`);
    expect([down.status, down.value('pg_up'), down.errorClass]).toEqual([200, 0, 'unreachable']);
    expect(await exporter.get('/probe')).toMatchObject({ status: 400 });
    for (const name of ['three', '127.0.0.1:5432', encodeURIComponent(cluster.dsn(cluster.replica, 'monitor'))]) {
      expect(await exporter.get(`/probe?target=${name}`)).toMatchObject({ status: 404 });
    }
    await exporter.close();
    const gone = await waitFor(async () => ((await sessionsOn(cluster.replica)) === 0 ? true : undefined), {
      timeoutMs: 60_000,
    });
    expect(gone).toBe(true);
  });

  test('follows the list as it changes, and keeps it when it cannot be read', async () => {
    await targets({ one: cluster.replica });
    const exporter = await exporters.start(cluster, cluster.primary, { probeTargetsFile: file });
    expect((await scrape(`${exporter.url}/probe?target=one`)).value('pg_in_recovery')).toBe(1);
    await targets({ one: cluster.primary });
    expect((await scrape(`${exporter.url}/probe?target=one`)).value('pg_in_recovery')).toBe(0);
    const gone = await waitFor(async () => ((await sessionsOn(cluster.replica)) === 0 ? true : undefined), {
      timeoutMs: 60_000,
    });
    expect(gone).toBe(true);
    await writeFile(file, 'targets: []');
    expect((await scrape(`${exporter.url}/probe?target=one`)).value('pg_up')).toBe(1);
    expect(exporter.log()).toContain('probe targets are unusable');
  });

  test('without a list there is no /probe, and a bad list is a reason not to start', async () => {
    const exporter = await exporters.start(cluster, cluster.primary);
    expect(await exporter.get('/probe?target=one')).toMatchObject({ status: 404 });
    await writeFile(file, 'target: {}');
    const start = exporters.start(cluster, cluster.primary, { probeTargetsFile: file });
    await expect(start).rejects.toThrow(`${file}:1:1 / has an unknown key "target"; did you mean "targets"?`);
  });

  test('a hundred thousand series are one answer, and a limit cuts them and says so', async () => {
    const exporter = await exporters.start(cluster, cluster.primary, { collectors: [pgCore, manyCollector(100_000)] });
    const page = await exporter.scrape();
    expect(page.value('pg_many_value', { n: '100000' })).toBe(100_000);
    expect(page.value('pg_exporter_query_scrape_metric_count', { query: 'pg_many' })).toBe(100_000);
    expect(await promtoolParseErrors(page.text)).toBe('');

    const limited = await exporters.start(cluster, cluster.primary, {
      collectors: [pgCore, manyCollector(1000)],
      maxSeriesPerCollector: 10,
    });
    const cut = await limited.scrape();
    expect(cut.value('pg_many_value', { n: '10' })).toBe(10);
    expect(cut.value('pg_many_value', { n: '11' })).toBeUndefined();
    expect(cut.value('pg_exporter_query_cut_series', { query: 'pg_many' })).toBe(990);
    expect(limited.log()).toContain('collector is incomplete');
  });

  test('the status names every branch with its reason', async () => {
    const exporter = await exporters.start(cluster, cluster.replica);
    const before: unknown = JSON.parse((await exporter.get('/api/status')).body);
    expect(before).toMatchObject({ up: false });
    await exporter.scrape();
    const answer = await fetch(`${exporter.url}/api/status`);
    expect(answer.headers.get('content-type')).toContain('application/json');
    const text = await answer.text();
    const status: unknown = JSON.parse(text);
    expect(status).toMatchObject({ schemaVersion: 1, up: true, role: 'replica' });
    expect(text).toMatch(/"branch": "pg_replica_only",\s+"query": "\w+",\s+"state": "ok"/);
    expect(text).toMatch(
      /"branch": "pg_primary_only",\s+"query": "\w+",\s+"state": "not_planned",\s+"reason": "wrong_role"/,
    );
    expect(text).toContain('"database": "app"');
    for (const secret of cluster.secrets) expect(text).not.toContain(secret);
  });
});
