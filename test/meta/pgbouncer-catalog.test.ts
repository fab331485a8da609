import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as catalog from '@pgattest/catalog';
import {
  collectors,
  exporterSelfMetrics,
  pgbouncerCollectors,
  pgbouncerCommunityCollectors,
  pgbouncerConsoleMetrics,
  pgbouncerKnownColumns,
  pgbouncerOurCollectors,
  pgbouncerPgExporterCollectors,
  pgbouncerProcessMetrics,
  pgbouncerSelfMetrics,
  type AnyCollector,
} from '@pgattest/catalog';
import { checkShowCommand } from '@pgattest/connect';
import { expect, test } from 'vitest';
import { contractBranches } from '../contract/contract-data.ts';
import { communityContract } from '../contract/pgbouncer/contract.ts';

const folder = join(import.meta.dirname, '..', '..', 'packages', 'catalog', 'src', 'pgbouncer');
const notCollectors = ['collectors', 'known-columns', 'self'];

const metricsOf = (list: readonly AnyCollector[]) => list.flatMap(({ m }) => Object.values(m));
const programMetrics = [
  ...Object.values(pgbouncerSelfMetrics),
  ...Object.values(pgbouncerConsoleMetrics),
  ...Object.values(pgbouncerProcessMetrics),
];
const allMetrics = [...metricsOf(pgbouncerCollectors), ...programMetrics];
const repeated = (names: readonly string[]): readonly string[] =>
  names.filter((name, at) => names.indexOf(name) !== at);

test('every file holds the collector it is named for, exported by name, and there is no other', () => {
  const files = readdirSync(folder)
    .map((name) => name.replace('.ts', ''))
    .filter((name) => !notCollectors.includes(name));
  expect(pgbouncerCollectors.map(({ id }) => id.replaceAll('_', '-')).toSorted()).toEqual(files.toSorted());
  const exported = new Set<unknown>(Object.values(catalog));
  expect(pgbouncerCollectors.filter((collector) => !exported.has(collector))).toEqual([]);
});

test('collectors are listed by ascending priority, and every one only shows', () => {
  const priorities = pgbouncerCollectors.map(({ priority }) => priority);
  expect(priorities).toEqual(priorities.toSorted((a, b) => a - b));
  const commands = pgbouncerCollectors.flatMap(({ variants }) => variants.map(({ sql }) => sql));
  expect(commands.map(checkShowCommand)).toEqual(commands);
  expect(pgbouncerCollectors.filter(({ source, scope }) => source !== 'pgbouncer' || scope !== 'instance')).toEqual([]);
});

test('ids, branches and names of metrics are unique, also beside those of PostgreSQL', () => {
  const both = [...collectors, ...pgbouncerCollectors];
  expect(repeated(both.map(({ id }) => id))).toEqual([]);
  expect(repeated(both.flatMap(({ variants }) => variants.map(({ branch }) => branch)))).toEqual([]);
  const theirs = [...metricsOf(collectors), ...Object.values(exporterSelfMetrics)];
  expect(repeated([...theirs, ...allMetrics].map(({ name }) => name))).toEqual([]);
});

test('every metric and label says what it is, in one sentence without a full stop', () => {
  const isSentence = /^[A-Z][^\n]*[^.\s]$/u;
  const wrong = allMetrics.filter(({ help }) => !isSentence.test(help) || help.length > 120);
  expect(wrong.map(({ name, help }) => `${name}: ${help}`)).toEqual([]);
  const texts = pgbouncerCollectors.flatMap(({ help, labels }) => [help, ...Object.values(labels)]);
  expect(texts.filter((text) => text === '' || text.endsWith('.'))).toEqual([]);
});

test('no metric has a label that the scrape configuration sets', () => {
  const wrong = allMetrics.filter(({ labels }) => labels.some((label) => label in catalog.topologyLabels));
  expect(wrong.map(({ name }) => name)).toEqual([]);
});

test('names of our own end in their unit', () => {
  const endings: Partial<Record<catalog.Unit, RegExp>> = {
    bytes: /_bytes$/u,
    seconds: /_seconds$/u,
    ratio: /_ratio$/u,
    info: /_info$/u,
    count: /s$/u,
    id: /_id$/u,
  };
  const wrong = metricsOf(pgbouncerOurCollectors).filter(
    ({ name, kind, unit }) => kind !== 'gauge' || (unit !== 'bool' && endings[unit]?.test(name) !== true),
  );
  expect(wrong.map(({ name }) => name)).toEqual([]);
});

test('versions of a collector neither overlap nor leave a gap up to the newest', () => {
  const wrong = pgbouncerCollectors.filter(({ variants }) => {
    const spans = variants.toSorted((a, b) => (a.since ?? 0) - (b.since ?? 0));
    return spans.some(({ until }, at) => until !== spans[at + 1]?.since);
  });
  expect(wrong.map(({ id }) => id)).toEqual([]);
});

test('columns that collectors read by name are known, so that none of them is shown as unknown', () => {
  const wrong = pgbouncerCollectors.flatMap(({ id, labels, metrics, variants }) =>
    variants.flatMap(({ sql, columns, omits }) => {
      const known = pgbouncerKnownColumns[sql.replace('SHOW ', '')];
      if (known === undefined || id === 'pgbouncer_pool_queue') return [];
      const read = [
        ...Object.keys(labels)
          .filter((key) => key !== 'load_balance_hosts')
          .map((key) => columns?.labels?.[key] ?? key),
        ...Object.keys(metrics)
          .filter((key) => omits?.includes(key) !== true)
          .map((key) => columns?.values?.[key] ?? key),
      ];
      return read.filter((column) => !known.includes(column)).map((column) => `${id}: ${column}`);
    }),
  );
  expect(wrong).toEqual([]);
});

/** Branches of a collector in the words of the contract. */
function branchesOf(collector: AnyCollector) {
  return collector.variants.map((variant) => {
    const keys = Object.entries(collector.m).filter(([key]) => variant.omits?.includes(key) !== true);
    const isLate = collector.id === 'pgbouncer_pool' && (variant.since ?? 0) < 12_400;
    const names = (kind: string): readonly string[] =>
      keys.flatMap(([, { name, kind: is }]) => (is === kind ? [name] : [])).toSorted();
    return [
      variant.branch,
      {
        collector: collector.id,
        minVersion: variant.since ?? null,
        maxVersion: variant.until ?? null,
        fatal: collector.fatal === true,
        priority: collector.priority,
        // The label is left out where no column is: fit.ts.
        labels: Object.keys(collector.labels).filter((label) => !isLate || label !== 'load_balance_hosts'),
        gauges: names('gauge'),
        counters: names('counter'),
      },
    ] as const;
  });
}

test('branches of pg_exporter: the same versions, order, fatality, labels and metrics', () => {
  const theirs = Object.entries(contractBranches).filter(([, { target }]) => target === 'pgbouncer');
  const wanted = theirs.map(([name, branch]) => {
    const { collector, minVersion, maxVersion, fatal, priority, labels, gauges, counters } = branch;
    return [name, { collector, minVersion, maxVersion, fatal, priority, labels, gauges, counters }] as const;
  });
  expect(Object.fromEntries(pgbouncerPgExporterCollectors.flatMap(branchesOf))).toEqual(Object.fromEntries(wanted));
});

test('the community exporter: every name, type and label, and every old name of its totals', () => {
  const ours = new Map<string, { readonly type: string; readonly labels: readonly string[] }>(
    [...metricsOf(pgbouncerCommunityCollectors), pgbouncerSelfMetrics.pgUp, pgbouncerConsoleMetrics.versionInfo].map(
      ({ name, kind, labels }) => [name, { type: kind, labels: labels.toSorted() }],
    ),
  );
  const wanted = communityContract.metrics.filter(({ sinceMinor }) => sinceMinor !== null);
  expect(wanted.length).toBe(45);
  for (const { name, type, labels } of wanted) expect([name, ours.get(name)]).toEqual([name, { type, labels }]);
  // The one without a column since 1.8 has no series, under neither name.
  const alive = communityContract.legacy.filter(({ now }) => ours.has(now));
  expect(communityContract.legacy.length - alive.length).toBe(1);
  expect(alive.filter(({ old }) => !ours.has(old))).toEqual([]);
});
