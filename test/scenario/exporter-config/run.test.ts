import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCollectors, type LoadedCollectors } from '@pgattest/exporter';
import { startDemoCluster, type DemoCluster } from '@pgattest/lab';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createExporters, type Scrape } from '../../e2e/exporter-harness.ts';
import { untilNoSession } from '../../e2e/until-no-session.ts';

const config = `
app_rows_old:
  name: app_rows
  query: SELECT 1 AS never
  max_version: 100000
  metrics: [{never: {usage: GAUGE}}]
app_rows:
  query: |
    -- two rows, one of them without a value
    SELECT * FROM (VALUES ('a', 1500::bigint, true, 0.2::float8), ('b', NULL, false, 7)) AS t (k, ms, ok, age);
  ttl: 5
  min_version: 100000
  tags: [cluster, primary]
  metrics:
    - k: {usage: LABEL, rename: key}
    - ms: {usage: counter, rename: seconds, scale: 1e-3, default: 2000, description: Time spent}
    - ok: {usage: GAUGE}
    - age: {usage: HISTOGRAM, bucket: [1, 10]}
app_rows_more:
  name: app_rows
  query: SELECT 42 AS answer, 1 AS unlisted
  metrics: [{answer: {usage: GAUGE}}]
app_gated:
  query: SELECT 1 AS v
  predicate_queries: [{name: closed, predicate_query: SELECT false}]
  metrics: [{v: {usage: GAUGE}}]
app_tagged:
  query: SELECT 1 AS v
  tags: [special]
  metrics: [{v: {usage: GAUGE}}]
app_skipped:
  query: SELECT 1 AS v
  skip: true
  metrics: [{v: {usage: GAUGE}}]
app_unlimited:
  query: SELECT 1 AS v
  timeout: -1
  metrics: [{v: {usage: GAUGE}}]
`;

/** A branch that asks a table whether it may run. */
const gated = (name: string, ttl: number): string =>
  `${name}:\n  query: SELECT 1 AS v\n  metrics: [{v: {usage: GAUGE}}]\n` +
  `  predicate_queries: [{predicate_query: SELECT is_open AS ${name} FROM app_flag, ttl: ${ttl}}]\n`;

/** A branch that always fails, before one that works. */
const two = (fatal: boolean): string =>
  `app_broken: {query: SELECT 1/0 AS v, fatal: ${String(fatal)}, metrics: [{v: {usage: GAUGE}}]}\n` +
  `app_next: {query: SELECT 1 AS v, metrics: [{v: {usage: GAUGE}}]}\n`;

describe('collectors of a YAML file run like the built-in ones', { timeout: 60_000 }, () => {
  const exporters = createExporters();
  let cluster: DemoCluster;
  let directory = '';
  let loaded: LoadedCollectors;
  let page: Scrape;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'pgattest-config-'));
    await writeFile(join(directory, 'c.yml'), config);
    loaded = await loadCollectors(join(directory, 'c.yml'));
    cluster = await startDemoCluster({ durable: false });
    page = await (await exporters.start(cluster, cluster.primary, { collectors: loaded.collectors })).scrape();
  }, 120_000);
  afterEach(exporters.closeAll);
  afterAll(async () => {
    await cluster.stop();
    await rm(directory, { recursive: true, force: true });
  });

  test('nothing is wrong with them and nothing fails', () => {
    expect(loaded).toMatchObject({ ok: true, diagnostics: [] });
    expect(page.failing).toEqual({});
    expect(page.value('pg_up')).toBe(1);
  });

  test('columns are renamed, scaled and defaulted, with their type and help', () => {
    expect(page.value('app_rows_seconds', { key: 'a' })).toBe(1.5);
    expect(page.value('app_rows_seconds', { key: 'b' })).toBe(2);
    expect(page.value('app_rows_ok', { key: 'b' })).toBe(0);
    expect(page.text).toContain('# HELP app_rows_seconds Time spent\n# TYPE app_rows_seconds counter\n');
  });

  test('histograms are three gauges', () => {
    expect(page.value('app_rows_age_bucket', { key: 'a', le: '1' })).toBe(1);
    expect(page.value('app_rows_age_bucket', { key: 'b', le: '10' })).toBe(1);
    expect(page.value('app_rows_age_sum', { key: 'b' })).toBe(7);
  });

  test('every branch of a name that fits runs, and each has its own self metrics', () => {
    expect(page.value('app_rows_answer')).toBe(42);
    expect(page.value('app_rows_never')).toBeUndefined();
    expect(page.value('pg_exporter_query_up', { query: 'app_rows' })).toBe(1);
    expect(page.value('pg_exporter_query_up', { query: 'app_rows_more' })).toBe(1);
    expect(page.value('pg_exporter_query_scrape_metric_count', { query: 'app_rows_more' })).toBe(1);
  });

  test('a predicate that is not true skips without an error', () => {
    expect(page.value('app_gated_v')).toBeUndefined();
    expect(page.value('pg_exporter_query_scrape_predicate_skip_count', { query: 'app_gated' })).toBe(1);
  });

  test('tags that the server was not given and skip keep a branch from running', () => {
    expect(page.value('app_tagged_v')).toBeUndefined();
    expect(page.value('app_skipped_v')).toBeUndefined();
  });

  test('a branch without a time limit has that of the scrape', () => {
    expect(page.value('app_unlimited_v')).toBe(1);
  });

  const exporterOf = async (text: string) => {
    await untilNoSession(cluster, cluster.primary);
    const file = join(directory, 'more.yml');
    await writeFile(file, text);
    const { collectors } = await loadCollectors(file);
    return exporters.start(cluster, cluster.primary, { collectors });
  };

  test('[T] an answer of a predicate is remembered for its own ttl, and a ttl of 0 asks every time', async () => {
    const admin = cluster.admin(cluster.primary);
    await admin.exec('CREATE TABLE app_flag AS SELECT true AS is_open; GRANT SELECT ON app_flag TO PUBLIC');
    const exporter = await exporterOf(gated('app_kept', 300) + gated('app_asked', 0));
    const open = await exporter.scrape();
    await admin.exec('UPDATE app_flag SET is_open = false');
    const closed = await exporter.scrape();
    expect([open.value('app_kept_v'), open.value('app_asked_v')]).toEqual([1, 1]);
    expect([closed.value('app_kept_v'), closed.value('app_asked_v')]).toEqual([1, undefined]);
  });

  test('[T] a fatal branch that fails ends the scrape of its server, another one only itself', async () => {
    const ended = await (await exporterOf(two(true))).scrape();
    await exporters.closeAll();
    const gone = await (await exporterOf(two(false))).scrape();
    expect([ended.status, ended.value('pg_up'), ended.value('app_next_v')]).toEqual([200, 0, undefined]);
    expect([gone.status, gone.value('pg_up'), gone.value('app_next_v')]).toEqual([200, 1, 1]);
  });
});
