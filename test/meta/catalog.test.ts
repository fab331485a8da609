import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as catalog from '@pgattest/catalog';
import { ourCollectors, tlsEndpointMetrics } from '@pgattest/catalog';
import { expect, test } from 'vitest';

const source = join(import.meta.dirname, '..', '..', 'packages', 'catalog', 'src');
const { auditSelfMetrics, collectors, exporterSelfMetrics, scrapeMetrics } = catalog;

const unitFiles = (folder: string): readonly string[] =>
  readdirSync(join(source, folder)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));

/** Sums of what a collector does not show. */
const othersOf = ({ o }: catalog.AnyCollector): readonly catalog.MetricRef[] =>
  Object.values(o).filter((metric) => metric !== undefined);

const selfMetrics = [
  ...Object.values(exporterSelfMetrics),
  ...Object.values(tlsEndpointMetrics),
  ...Object.values(auditSelfMetrics),
];
const collectorMetrics = collectors.flatMap((collector) => [
  ...Object.values(collector.m),
  ...Object.values(collector.h).flatMap(({ bucket, count, sum }) => [bucket, count, sum]),
  ...othersOf(collector),
]);
const allMetrics = [...collectorMetrics, ...selfMetrics, ...Object.values(scrapeMetrics)];

const isSentence = /^[A-Z][^\n]*[^.\s]$/u;

test('every file below postgres/ holds the collector it is named for, and the catalogue has no other', () => {
  const files = unitFiles('postgres').map((file) => file.replace('.ts', ''));
  const ids = collectors.map((collector) => collector.id.replaceAll('_', '-'));
  expect(ids.toSorted()).toEqual(files.toSorted());
});

test('every collector is exported by name', () => {
  const exported = new Set<unknown>(Object.values(catalog));
  expect(collectors.filter((collector) => !exported.has(collector))).toEqual([]);
});

test.each([
  ['all', collectors],
  ['those of a server', catalog.postgresCollectors],
  ['those of a database', catalog.databaseCollectors],
])('collectors are listed by ascending priority: %s', (_, list) => {
  const priorities = list.map((collector) => collector.priority);
  expect(priorities).toEqual(priorities.toSorted((a, b) => a - b));
});

test('collectors of a server run once and have no distributions', () => {
  const wrong = catalog.postgresCollectors.filter(
    ({ scope, histograms }) => scope !== 'instance' || histograms !== undefined,
  );
  expect(wrong.map((collector) => collector.id)).toEqual([]);
});

test('every series of a database says which database', () => {
  const wrong = collectors.filter(
    ({ id, scope, labels }) => scope === 'database' && !('datname' in labels) && id !== 'pg_heartbeat',
  );
  expect(wrong.map((collector) => collector.id)).toEqual([]);
});

test('bucket bounds are finite and increase', () => {
  const wrong = collectors.flatMap(({ id, histograms }) =>
    Object.entries(histograms ?? {})
      .filter(
        ([, { buckets }]) =>
          buckets.length === 0 ||
          !buckets.every((bound, at) => Number.isFinite(bound) && bound > (buckets[at - 1] ?? -Infinity)),
      )
      .map(([key]) => `${id}_${key}`),
  );
  expect(wrong).toEqual([]);
});

const repeated = (names: readonly string[]): readonly string[] =>
  names.filter((name, at) => names.indexOf(name) !== at);

test('ids, branches and metric names are unique', () => {
  expect(repeated(collectors.map((collector) => collector.id))).toEqual([]);
  expect(repeated(collectors.flatMap((c) => c.variants.map((variant) => variant.branch)))).toEqual([]);
  expect(repeated(allMetrics.map((metric) => metric.name))).toEqual([]);
});

/** First version a collector exists in, and the role it is for where that is not both. */
const startsLater: Readonly<Record<string, { readonly since?: number; readonly roles?: readonly string[] }>> = {
  pg_wal: { since: 14 },
  pg_recv: { roles: ['replica'] },
  pg_io: { since: 16 },
  pg_recovery: { roles: ['replica'] },
  pg_recovery_prefetch: { since: 15, roles: ['replica'] },
  pg_recovery_state: { since: 19, roles: ['replica'] },
  pg_slru: { since: 13 },
  pg_shmem: { since: 13 },
  pg_lock_stat: { since: 19 },
  pg_vacuuming: { since: 12, roles: ['primary'] },
  pg_indexing: { since: 12, roles: ['primary'] },
  pg_clustering: { since: 12, roles: ['primary'] },
  pg_backup: { since: 13 },
  pg_db_confl: { roles: ['replica'] },
  pg_vacuum_score: { since: 19, roles: ['primary'] },
  pg_defpart: { since: 11 },
  pg_sync_quorum: { roles: ['primary'] },
  pg_sync_candidate: { roles: ['primary'] },
  pg_ident_file: { since: 15 },
  pg_subscription: { roles: ['primary'] },
  pg_failover_slot: { since: 17 },
  pg_prepared_transaction: { roles: ['primary'] },
};

const majors = [10, 11, 12, 13, 14, 15, 16, 17, 18, 19] as const;
const roles = ['primary', 'replica'] as const;

test.each(collectors.map((collector) => [collector.id, collector] as const))(
  '%s has exactly one variant for every version and role it exists in',
  (id, collector) => {
    const exception = startsLater[id];
    const wrong = majors.flatMap((major) =>
      roles.flatMap((role) => {
        // Slots of a replica are read from 16, where it can have logical ones.
        const since = id === 'pg_slot' && role === 'replica' ? 16 : (exception?.since ?? 10);
        const exists = major >= since && (exception?.roles ?? roles).includes(role);
        // The first and the last server of a major: a window must not end inside one.
        return [major * 10_000, major * 10_000 + 9999].flatMap((version) => {
          const fitting = collector.variants.filter(
            (variant) =>
              version >= (variant.since ?? 0) &&
              version < (variant.until ?? Infinity) &&
              (variant.role === undefined || variant.role === role),
          );
          return fitting.length === (exists ? 1 : 0) ? [] : [{ version, role, branches: fitting.map((v) => v.branch) }];
        });
      }),
    );
    expect(wrong).toEqual([]);
  },
);

test.each(collectors.map((collector) => [collector.id, collector] as const))(
  '%s returns every label and every metric it does not omit, and nothing else, as a column alias',
  (_, collector) => {
    for (const variant of collector.variants) {
      const omitted = new Set(variant.omits);
      const expected = [
        ...Object.keys(collector.labels),
        ...Object.keys(collector.metrics).filter((key) => !omitted.has(key)),
        ...Object.keys(collector.histograms ?? {}),
      ];
      const aliases = outputAliases(variant.sql);
      expect({ branch: variant.branch, columns: aliases.toSorted() }).toEqual({
        branch: variant.branch,
        columns: expected.toSorted(),
      });
    }
  },
);

/** Aliases at the end of the lines of the first SELECT list: house style is one column a line, each with AS. */
function outputAliases(sql: string): readonly string[] {
  const list = sql.slice(0, sql.search(/^FROM\b/mu) === -1 ? undefined : sql.search(/^FROM\b/mu));
  return [...list.matchAll(/\bAS ([a-z_]+),?$/gmu)].map((match) => match[1] ?? '');
}

test('SQL only reads: one SELECT, no semicolon, no comment a dump would have to carry', () => {
  const wrong = collectors.flatMap((collector) =>
    [...collector.variants.map(({ branch, sql }) => ({ name: branch, sql })), ...(collector.predicates ?? [])].filter(
      ({ sql }) =>
        !sql.startsWith('SELECT') ||
        /;|--|\/\*/u.test(sql) ||
        /\b(?:INSERT|UPDATE|DELETE|INTO|CREATE|SET|LOCK|FOR SHARE|pg_sleep)\b/u.test(sql),
    ),
  );
  expect(wrong.map(({ name }) => name)).toEqual([]);
});

test('what is cut off is cut off in an order without ties', () => {
  const unique =
    /ORDER BY [^()]*(?:\boid|, [a-z]\.(?:relname|funcname|queryid|pid|usename)|s\.name|, found\.state)\s+LIMIT \d+/u;
  const limited = collectors.flatMap(({ variants }) => variants.filter(({ sql }) => /\bLIMIT\b/u.test(sql)));
  expect(limited.length).toBeGreaterThan(0);
  const wrong = limited.filter(({ sql }) => !unique.test(sql.replaceAll(/sum\(([^)]*)\)/gu, '$1')));
  expect(wrong.map(({ branch }) => branch)).toEqual([]);
});

test('what is cut off in an order that moves returns more rows than are shown, and ranks by the column that is', () => {
  const ranked = collectors.filter(({ topK }) => topK !== undefined);
  expect(ranked.map(({ id }) => id).toSorted()).toEqual([
    'pg_defpart',
    'pg_func',
    'pg_index',
    'pg_index_bloat',
    'pg_query',
    'pg_table',
    'pg_table_bloat',
    'pg_table_size',
  ]);
  const wrong = ranked.flatMap(({ topK, variants }) =>
    variants.filter(({ sql, omits }) => {
      const limit = Number(/LIMIT (\d+)/u.exec(sql)?.[1]);
      const hasRank = topK !== undefined && omits?.includes(topK.rankedBy) !== true;
      return !hasRank || topK.stays > limit || topK.stays < 2 * topK.enters;
    }),
  );
  expect(wrong.map(({ branch }) => branch)).toEqual([]);
});

test('every metric has a help of one sentence without a full stop', () => {
  const wrong = allMetrics.filter((metric) => !isSentence.test(metric.help) || metric.help.length > 120);
  expect(wrong.map((metric) => `${metric.name}: ${metric.help}`)).toEqual([]);
});

test('every collector and every label says what it is', () => {
  const wrong = collectors.flatMap((collector) =>
    [collector.help, ...Object.values(collector.labels)].filter((text) => text === '' || text.endsWith('.')),
  );
  expect(wrong).toEqual([]);
});

test('state metrics, and only they, say what their numbers mean', () => {
  const wrong = allMetrics.filter((metric) => (metric.unit === 'state') !== (metric.states !== undefined));
  expect(wrong.map((metric) => metric.name)).toEqual([]);
});

test('a counter counts something that adds up or moves forward', () => {
  const allowed = ['count', 'bytes', 'seconds', 'milliseconds', 'lsn', 'xid', 'id', 'timestamp_seconds'];
  const wrong = allMetrics.filter((metric) => metric.kind === 'counter' && !allowed.includes(metric.unit));
  expect(wrong.map((metric) => metric.name)).toEqual([]);
});

/** How a name of ours ends; contract names are as they are. */
const endings: Partial<Record<catalog.Unit, RegExp>> = {
  bytes: /_bytes$/u,
  seconds: /_seconds$/u,
  ratio: /_ratio$/u,
  timestamp_seconds: /_timestamp_seconds$/u,
  info: /_info$/u,
  // The unit of a count is what is counted.
  count: /s$/u,
  xid: /_(?:xids|multixacts)$/u,
};

test('names of our own collectors end in their unit, counters in _total', () => {
  const wrong = [...ourCollectors.flatMap(({ m }) => Object.values(m)), ...collectors.flatMap(othersOf)].filter(
    ({ name, kind, unit }) =>
      kind === 'counter'
        ? !name.endsWith('_total')
        : !['bool', 'state'].includes(unit) && endings[unit]?.test(name) !== true,
  );
  expect(wrong.map(({ name }) => name)).toEqual([]);
  expect(collectors.flatMap(othersOf).map(({ name }) => name)).toContain('pg_query_other_exec_time_seconds_total');
});

test('labels of our own collectors are bounded: no process, address, statement or application of a client', () => {
  const allowed = ['datname', 'usename', 'name', 'subname', 'state', 'kind', 'version', 'available', 'appname'];
  const labels = new Set(ourCollectors.flatMap((collector) => Object.keys(collector.labels)));
  expect([...labels].filter((label) => !allowed.includes(label))).toEqual([]);
});

test('no metric has a label that the scrape configuration sets', () => {
  const foreign = new Set<unknown>(Object.values(scrapeMetrics));
  const wrong = allMetrics.filter(
    // The auditor watches many clusters from one place: its `cls` is the cluster it audits.
    (metric) =>
      !foreign.has(metric) &&
      metric.labels.some((label) => label in catalog.topologyLabels && !metric.name.startsWith('pgattest_audit_')),
  );
  expect(wrong.map((metric) => metric.name)).toEqual([]);
});
