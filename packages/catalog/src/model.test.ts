import { expect, expectTypeOf, test } from 'vitest';
import { counter, defineCollector, defineMetric, gauge, type AnyCollector, type MetricRef } from './model.ts';
import { postgresCollectors } from './collectors.ts';
import { pgRepl } from './postgres/pg-repl.ts';

const spec = {
  source: 'postgres',
  scope: 'instance',
  help: 'Test',
  cacheSeconds: 0,
  timeoutSeconds: 1,
  priority: 1,
  labels: { who: 'Somebody', where: 'Somewhere' },
  metrics: { size: gauge('bytes', 'Size'), calls: counter('count', 'Calls') },
} as const;

test('a metric of a collector knows its name, kind, unit and labels', () => {
  const found = defineCollector({ ...spec, id: 'x', variants: [{ branch: 'x', sql: 'SELECT 1' }] });
  expect(found.m.size).toEqual({
    name: 'x_size',
    kind: 'gauge',
    unit: 'bytes',
    help: 'Size',
    labels: ['who', 'where'],
  });
  expectTypeOf(found.m.size).toEqualTypeOf<MetricRef<'x_size', 'who' | 'where'>>();
});

test('SQL is kept without the blank lines around it', () => {
  const found = defineCollector({ ...spec, id: 'x', variants: [{ branch: 'x', sql: '\nSELECT 1\n' }] });
  expect(found.variants[0]?.sql).toBe('SELECT 1');
});

test('a metric that does not exist cannot be omitted or referred to', () => {
  const found = defineCollector({
    ...spec,
    id: 'x',
    variants: [
      { branch: 'a', sql: 'SELECT 1', omits: ['calls'] },
      // @ts-expect-error -- no such metric
      { branch: 'b', sql: 'SELECT 1', omits: ['cals'] },
    ],
  });
  // @ts-expect-error -- no such metric
  expect(found.m.siz).toBeUndefined();
  // @ts-expect-error -- renaming replay_lag breaks every use of it
  expect(pgRepl.m.replay_lagg).toBeUndefined();
  expectTypeOf(pgRepl.m.replay_lag).toEqualTypeOf<
    MetricRef<'pg_repl_replay_lag', 'appname' | 'usename' | 'address' | 'pid'>
  >();
});

test('a distribution is three gauges, of which one has the bound of the bucket', () => {
  const found = defineCollector({
    ...spec,
    id: 'x',
    histograms: { age: { unit: 'seconds', help: 'Age', buckets: [1, 10] } },
    variants: [{ branch: 'x', sql: 'SELECT 1' }],
  });
  const labels = ['who', 'where'];
  expect(found.h.age).toEqual({
    bucket: {
      name: 'x_age_bucket',
      kind: 'gauge',
      unit: 'count',
      help: 'Age (cumulative bucket)',
      labels: [...labels, 'le'],
    },
    count: { name: 'x_age_count', kind: 'gauge', unit: 'count', help: 'Age (observation count)', labels },
    sum: { name: 'x_age_sum', kind: 'gauge', unit: 'seconds', help: 'Age (observation sum)', labels },
  });
  expectTypeOf(found.h.age.bucket).toEqualTypeOf<MetricRef<'x_age_bucket', 'who' | 'where' | 'le'>>();
});

test('a collector of any shape is an AnyCollector', () => {
  expectTypeOf(pgRepl).toExtend<AnyCollector>();
  expect(postgresCollectors).toContain(pgRepl);
});

test('a metric of a program has the labels it was given, and none by default', () => {
  expectTypeOf(defineMetric('a_total', counter('count', 'A'), ['x', 'y'])).toEqualTypeOf<
    MetricRef<'a_total', 'x' | 'y'>
  >();
  expectTypeOf(defineMetric('b', gauge('bool', 'B'))).toEqualTypeOf<MetricRef<'b', never>>();
  expect(defineMetric('b', gauge('bool', 'B')).labels).toEqual([]);
});
