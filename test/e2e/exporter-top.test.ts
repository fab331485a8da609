import { pgCore, pgQuery, pgTable } from '@pgattest/catalog';
import { startDemoCluster, type DemoCluster } from '@pgattest/lab';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createExporters, type Scrape } from './exporter-harness.ts';

/*
 * 600 tables and 600 statements whose ranks move between scrapes. The server itself says what ranks where; nothing
 * runs while it is asked and scraped, so both see the same.
 */

const tables = 600;
const rounds = 12;
/** A slow machine is no reason for a failed collector here. */
const patient = { connectTimeoutMs: 20_000, queryTimeoutMs: 20_000 };
const exporters = createExporters();
let cluster: DemoCluster;

/** The same numbers in every run: a test that moves ranks at random must be one that can be repeated. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * below);
  };
}

beforeAll(async () => {
  cluster = await startDemoCluster({ durable: false, replicas: 0 });
  const admin = cluster.admin(cluster.primary, 'app');
  await admin.exec(`
    CREATE SCHEMA many;
    GRANT USAGE ON SCHEMA many TO app_rw;
    DO $$ BEGIN
      FOR n IN 1..${tables} LOOP
        EXECUTE format('CREATE TABLE many.t%s () WITH (autovacuum_enabled = false)', n);
        EXECUTE format('GRANT SELECT ON many.t%s TO app_rw', n);
      END LOOP;
    END $$;
    CREATE FUNCTION many.call(n integer, times integer) RETURNS void LANGUAGE plpgsql AS
      'BEGIN FOR i IN 1..times LOOP EXECUTE format(''SELECT FROM many.t%s'', n); END LOOP; END'`);
});
afterEach(exporters.closeAll);
afterAll(async () => {
  await cluster.stop();
});

/** Values of a metric by one of its labels. */
function seriesOf(page: Scrape, name: string, label: string): ReadonlyMap<string, number> {
  const family = page.families.find((found) => found.name === name);
  const at = family?.labelNames.indexOf(label) ?? -1;
  return new Map(family?.samples.map(({ labels, value }) => [labels[at] ?? '', value]));
}

/** What the server says of one round, next to what is shown. */
interface Round {
  readonly weights: ReadonlyMap<string, number>;
  readonly before: ReadonlyMap<string, number>;
  readonly now: ReadonlyMap<string, number>;
}

/** Keys whose rank is certainly at most that: equals rank last. */
function atMost(limit: number, weights: ReadonlyMap<string, number>): ReadonlySet<string> {
  const sorted = [...weights].toSorted(([, a], [, b]) => b - a);
  const edge = sorted[limit]?.[1] ?? -Infinity;
  return new Set(sorted.filter(([, weight], at) => at < limit && weight > edge).map(([key]) => key));
}

/** What should not have happened, and what must have happened for the test to mean anything. */
function judge({ weights, before, now }: Round, enters: number, stays: number) {
  const [first, near] = [atMost(enters, weights), atMost(stays, weights)];
  return {
    vanished: [...before.keys()].filter((key) => near.has(key) && !now.has(key)),
    missing: [...first].filter((key) => !now.has(key)),
    tooMany: Math.max(0, now.size - stays),
    // A plain limit would have ended these series.
    kept: [...before.keys()].filter((key) => now.has(key) && !first.has(key)).length,
    entered: [...now.keys()].filter((key) => !before.has(key)).length,
    left: [...before.keys()].filter((key) => !now.has(key)).length,
  };
}

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

/** Calls of the statements that are not shown. */
const otherCalls = (page: Scrape): number => page.value('pg_query_other_calls_total', { datname: 'app' }) ?? Number.NaN;

test('no statement vanishes while it ranks near the first 128, and what the others do is not lost', async () => {
  const random = numbers(1);
  const postgres = cluster.admin(cluster.primary);
  /** Calls by number of the table. */
  const call = async (calls: ReadonlyMap<number, number>): Promise<void> => {
    const values = [...calls].map(([table, times]) => `(${table}, ${times})`).join(', ');
    await cluster.admin(cluster.primary, 'app').exec(
      `SET pg_stat_statements.track = 'all'; SET ROLE app_rw;
       SELECT count(many.call(n, times)) FROM (VALUES ${values}) AS v (n, times)`,
    );
  };
  const weightsOf = async (): Promise<ReadonlyMap<string, number>> => {
    const rows = await postgres.rows(
      `SELECT queryid::text AS key, sum(calls) AS calls FROM pg_stat_statements(false)
       WHERE userid <> 10 AND calls > 4 GROUP BY dbid, queryid`,
    );
    return new Map(rows.map(({ key, calls }) => [key ?? '', Number(calls)]));
  };
  const counts = new Map(Array.from({ length: tables }, (_, at) => [at + 1, 20 + Math.max(0, 450 - at)]));
  await call(counts);
  const exporter = await exporters.start(cluster, cluster.primary, {
    collectors: [pgCore, pgQuery],
    autoDiscovery: false,
    disableCache: true,
    ...patient,
  });
  const scrape = async (): Promise<Scrape> => {
    const page = await exporter.scrape();
    expect([page.value('pg_up'), page.failing]).toEqual([1, {}]);
    return page;
  };
  let page = await scrape();
  expect(seriesOf(page, 'pg_query_calls', 'query').size).toBe(128);
  expect(page.value('pg_query_other_calls_total', { datname: 'app' })).toBe(0);
  const totals = { kept: 0, entered: 0, left: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const ranked = [...counts].toSorted(([, a], [, b]) => b - a).map(([table]) => table);
    const moved = new Map(Array.from({ length: 25 }, () => [ranked[60 + random(340)] ?? 1, 1 + random(250)]));
    await call(moved);
    for (const [table, times] of moved) counts.set(table, (counts.get(table) ?? 0) + times);
    const last = page;
    page = await scrape();
    const [before, now] = [seriesOf(last, 'pg_query_calls', 'query'), seriesOf(page, 'pg_query_calls', 'query')];
    const { vanished, missing, tooMany, ...rest } = judge({ weights: await weightsOf(), before, now }, 128, 256);
    expect({ round, vanished, missing, tooMany }).toEqual({ round, vanished: [], missing: [], tooMany: 0 });
    for (const key of ['kept', 'entered', 'left'] as const) totals[key] += rest[key];

    const seen = sum([...now].map(([key, calls]) => calls - (before.get(key) ?? calls)));
    expect({ round, calls: seen + otherCalls(page) - otherCalls(last) }).toEqual({ round, calls: sum(moved.values()) });
  }
  expect(totals.kept).toBeGreaterThan(rounds);
  const churn = (name: string): number | undefined =>
    page.value(`pg_exporter_query_top_${name}_total`, { query: 'pg_query' });
  expect([churn('entered'), churn('left')]).toEqual([totals.entered, totals.left]);
  expect(page.value('pg_exporter_query_top_hidden_rows', { query: 'pg_query' })).toBe(
    512 - seriesOf(page, 'pg_query_calls', 'query').size,
  );
}, 300_000);

test('no table vanishes while it ranks near the first 256', async () => {
  const random = numbers(2);
  const admin = cluster.admin(cluster.primary, 'app');
  const resize = async (pages: ReadonlyMap<number, number>): Promise<void> => {
    const values = [...pages].map(([table, size]) => `('many.t${table}'::regclass, ${size})`).join(', ');
    await admin.exec(`UPDATE pg_class SET relpages = size FROM (VALUES ${values}) AS v (id, size) WHERE oid = id`);
  };
  const weightsOf = async (): Promise<ReadonlyMap<string, number>> => {
    const rows = await admin.rows(
      `SELECT n.nspname || '.' || c.relname AS key, relpages FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace
       WHERE relkind IN ('r', 'm', 't', 'p') AND nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'`,
    );
    return new Map(rows.map(({ key, relpages }) => [key ?? '', Number(relpages)]));
  };
  const pages = new Map(Array.from({ length: tables }, (_, at) => [at + 1, 10_000 - 10 * at]));
  await resize(pages);
  const exporter = await exporters.start(cluster, cluster.primary, {
    url: cluster.dsn(cluster.primary, 'monitor').replace('dbname=postgres', 'dbname=app'),
    collectors: [pgCore, pgTable],
    autoDiscovery: false,
    disableCache: true,
    ...patient,
  });
  const shown = async (): Promise<ReadonlyMap<string, number>> => {
    const page = await exporter.scrape();
    expect([page.value('pg_up'), page.failing]).toEqual([1, {}]);
    return seriesOf(page, 'pg_table_pages', 'relname');
  };
  let now = await shown();
  expect(now.size).toBe(256);
  let kept = 0;
  for (let round = 0; round < rounds; round += 1) {
    const moved = new Map(Array.from({ length: 60 }, () => [1 + random(tables), 4000 + random(6000)]));
    await resize(moved);
    const before = now;
    now = await shown();
    const { vanished, missing, tooMany, ...rest } = judge({ weights: await weightsOf(), before, now }, 256, 512);
    expect({ round, vanished, missing, tooMany }).toEqual({ round, vanished: [], missing: [], tooMany: 0 });
    kept += rest.kept;
  }
  expect(kept).toBeGreaterThan(rounds);
}, 300_000);
