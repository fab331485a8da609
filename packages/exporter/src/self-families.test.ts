import { expose } from '@pgattest/runtime';
import { describe, expect, test } from 'vitest';
import { newRecord } from './cache.ts';
import type { Failure } from './failure.ts';
import type { CollectorReport, ScrapeReport } from './scrape-report.ts';
import { selfFamilies, type SelfContext } from './self-families.ts';

const context: SelfContext = {
  namespace: 'pg',
  build: { version: '0.1.0', goos: 'linux' },
  uptimeSeconds: 60,
  budgetSeconds: 9.5,
};
const down: Failure = { class: 'auth_failed', message: 'no', sqlState: '28P01' };
const facts = {
  versionNum: 180004,
  role: 'replica',
  database: 'app',
  currentUser: 'monitor',
  isDiscovered: false,
  inventory: undefined,
} as const;
const healthy: CollectorReport = {
  id: 'pg_x',
  branch: 'pg_x',
  ttlMs: 10_000,
  hasPredicates: false,
  record: {
    ...newRecord,
    good: { atMs: 5_000, families: [], samples: 7, unreadable: {}, missing: [], cut: 0 },
    total: 3,
    hits: 1,
    durationMs: 5,
  },
  wasAsked: true,
  shown: { atMs: 5_000, families: [], samples: 7, unreadable: {}, missing: [], cut: 0 },
  isStale: false,
  failure: undefined,
};
const up: ScrapeReport = {
  database: 'app',
  plan: undefined,
  isUp: true,
  failure: undefined,
  facts,
  areFactsCurrent: true,
  collectors: [healthy],
  unplanned: [],
  totals: { scrapes: 3, errors: 1, seconds: 0.5 },
  durationMs: 20,
  nowMs: 8_000,
  beganAtSeconds: 1_795_293_199,
};
const linesOf = (
  main: ScrapeReport,
  change: Partial<SelfContext> = {},
  ...databases: readonly ScrapeReport[]
): readonly string[] =>
  expose(
    selfFamilies(
      { main, databases, merged: undefined, droppedSeries: new Map(), durationMs: 20 },
      { ...context, ...change },
    ),
  )
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

describe('self metrics', () => {
  test('of a healthy scrape', () => {
    expect(linesOf(up)).toMatchInlineSnapshot(`
      [
        "pg_up 1",
        "pg_version 180004",
        "pg_in_recovery 1",
        "pg_role_known 1",
        "pg_exporter_build_info{version="0.1.0",revision="",branch="",builddate="",goversion="",goos="linux",goarch=""} 1",
        "pg_exporter_up 1",
        "pg_exporter_uptime 60",
        "pg_exporter_last_scrape_time 1795293199",
        "pg_exporter_scrape_duration 0.02",
        "pg_exporter_scrape_budget_seconds 9.5",
        "pg_exporter_scrape_total_count 3",
        "pg_exporter_scrape_error_count 1",
        "pg_exporter_server_up{datname="app"} 1",
        "pg_exporter_server_scrape_duration{datname="app"} 0.02",
        "pg_exporter_server_scrape_total_seconds{datname="app"} 0.5",
        "pg_exporter_server_scrape_total_count{datname="app"} 3",
        "pg_exporter_server_scrape_error_count{datname="app"} 1",
        "pg_exporter_query_up{datname="app",query="pg_x"} 1",
        "pg_exporter_query_stale{datname="app",query="pg_x"} 0",
        "pg_exporter_query_age_seconds{datname="app",query="pg_x"} 3",
        "pg_exporter_query_unreadable_values{datname="app",query="pg_x"} 0",
        "pg_exporter_query_missing_columns{datname="app",query="pg_x"} 0",
        "pg_exporter_query_cut_series{datname="app",query="pg_x"} 0",
        "pg_exporter_query_dropped_series_total{datname="app",query="pg_x"} 0",
        "pg_exporter_query_cache_ttl{datname="app",query="pg_x"} 7",
        "pg_exporter_query_scrape_total_count{datname="app",query="pg_x"} 3",
        "pg_exporter_query_scrape_error_count{datname="app",query="pg_x"} 0",
        "pg_exporter_query_scrape_duration{datname="app",query="pg_x"} 0.005",
        "pg_exporter_query_scrape_metric_count{datname="app",query="pg_x"} 7",
        "pg_exporter_query_scrape_hit_count{datname="app",query="pg_x"} 1",
      ]
    `);
  });

  test('claim no version and no role before the first contact, and give the reason', () => {
    const lines = linesOf({
      ...up,
      isUp: false,
      failure: down,
      database: 'postgres',
      facts: undefined,
      areFactsCurrent: false,
      collectors: [],
    });
    expect(lines).toContain('pg_up 0');
    expect(lines).toContain('pg_role_known 0');
    expect(lines).toContain(
      'pg_exporter_server_last_error_info{datname="postgres",class="auth_failed",sqlstate="28P01"} 1',
    );
    expect(lines.filter((line) => /^pg_(version|in_recovery) /.test(line))).toEqual([]);
  });

  test('keep version and role while the server is down, and say that they are old', () => {
    const lines = linesOf({ ...up, isUp: false, failure: down, areFactsCurrent: false });
    expect(lines).toEqual(
      expect.arrayContaining(['pg_up 0', 'pg_in_recovery 1', 'pg_version 180004', 'pg_role_known 0']),
    );
  });

  test('say neither success nor failure of a collector that was not asked', () => {
    const lines = linesOf({
      ...up,
      isUp: false,
      failure: down,
      collectors: [{ ...healthy, wasAsked: false, shown: undefined }],
    });
    expect(lines.filter((line) => line.startsWith('pg_exporter_query_up'))).toEqual([]);
    expect(lines).toContain('pg_exporter_query_scrape_total_count{datname="app",query="pg_x"} 3');
  });

  test('name the error of a failing collector and the age of what it still shows', () => {
    const failure: Failure = { class: 'locked', message: 'locked', sqlState: '55P03' };
    const lines = linesOf({ ...up, collectors: [{ ...healthy, failure, isStale: true }] });
    expect(lines).toEqual(
      expect.arrayContaining([
        'pg_up 1',
        'pg_exporter_query_up{datname="app",query="pg_x"} 0',
        'pg_exporter_query_last_error_info{datname="app",query="pg_x",class="locked",sqlstate="55P03"} 1',
        'pg_exporter_query_stale{datname="app",query="pg_x"} 1',
        'pg_exporter_query_age_seconds{datname="app",query="pg_x"} 3',
      ]),
    );
  });

  test('speak of every database, and one that fails does not make the server down', () => {
    const sales = { ...up, database: 'sales', isUp: false, failure: down, collectors: [] };
    expect(linesOf(up, {}, sales)).toEqual(
      expect.arrayContaining([
        'pg_up 1',
        'pg_exporter_server_up{datname="app"} 1',
        'pg_exporter_server_up{datname="sales"} 0',
        'pg_exporter_server_last_error_info{datname="sales",class="auth_failed",sqlstate="28P01"} 1',
      ]),
    );
  });

  test('count skips only of collectors that have predicates', () => {
    const gated = { ...healthy, id: 'pg_y', hasPredicates: true, record: { ...healthy.record, skips: 2 } };
    const lines = linesOf({ ...up, collectors: [healthy, gated] });
    expect(lines.filter((line) => line.includes('predicate_skip'))).toEqual([
      'pg_exporter_query_scrape_predicate_skip_count{datname="app",query="pg_y"} 2',
    ]);
  });

  test('take another namespace as their first word', () => {
    expect(linesOf(up, { namespace: 'pgsql' }).every((line) => line.startsWith('pgsql_'))).toBe(true);
  });
});
