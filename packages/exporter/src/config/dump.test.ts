import { collectors, defineCollector, type AnyCollector, type MetricDef } from '@pgattest/catalog';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dumpCollectors } from './dump.ts';
import { readCollectorFile } from './read-file.ts';
import { toCollectors } from './to-collectors.ts';

function load(text: string): readonly AnyCollector[] {
  const { branches, diagnostics } = readCollectorFile(text, 'dump.yml');
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return toCollectors(branches ?? []);
}

describe('load(dump(collectors)) is collectors', () => {
  test('for all that are built in, without a diagnostic', () => {
    const text = dumpCollectors(collectors);
    expect(readCollectorFile(text, 'dump.yml').diagnostics).toEqual([]);
    expect(load(text)).toStrictEqual(collectors);
  });

  const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/).filter((word) => word !== 'le');
  const help = fc.string({ maxLength: 40, unit: 'grapheme' }).map((text) => text.replaceAll(/\p{C}/gu, ''));
  const sql = fc.stringMatching(/^SELECT [ -~]{0,30}(\n[ -~]{0,20}){0,4}$/).map((text) => text.trim());
  const metric: fc.Arbitrary<MetricDef> = fc.record(
    {
      kind: fc.constantFrom('gauge', 'counter'),
      unit: fc.constantFrom('bytes', 'seconds', 'state', 'unknown'),
      help,
      scale: fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
      default: fc.constantFrom(0, -1, 1e-7, 1e21, Infinity, -Infinity, NaN),
      states: fc.dictionary(fc.integer({ min: -9, max: 9 }).map(String), help, { minKeys: 1 }),
    },
    { requiredKeys: ['kind', 'unit', 'help'] },
  );
  const collector = fc
    .record(
      {
        id: name,
        source: fc.constantFrom('postgres', 'pgbouncer'),
        help,
        scope: fc.constantFrom('instance', 'database'),
        cacheSeconds: fc.integer({ min: 0, max: 300 }),
        timeoutSeconds: fc.constantFrom(0.1, 2.5, Infinity),
        fatal: fc.constant(true),
        skippedByDefault: fc.constant(true),
        priority: fc.integer({ min: 1, max: 900 }),
        requires: fc.constantFrom(
          { extensions: ['x'], schemas: ['s'] },
          { database: 'd', tags: ['aurora'], notTags: ['b'] },
        ),
        predicates: fc.array(fc.record({ name, sql, cacheSeconds: fc.integer({ min: 1 }) }), { minLength: 1 }),
        labels: fc.dictionary(name, help),
        metrics: fc.dictionary(name, metric, { minKeys: 1 }),
        histograms: fc.constant({ spread_of: { unit: 'seconds' as const, help: 'h', buckets: [0.001, 1, 1e6] } }),
        top: fc.record({ enters: fc.integer({ min: 1, max: 9 }), more: fc.nat({ max: 9 }), hasOthers: fc.boolean() }),
        sql,
      },
      {
        requiredKeys: [
          'id',
          'source',
          'help',
          'scope',
          'cacheSeconds',
          'timeoutSeconds',
          'priority',
          'labels',
          'metrics',
          'sql',
        ],
      },
    )
    .map(({ sql: text, top, ...spec }) => {
      const labels = Object.fromEntries(Object.entries(spec.labels).map(([key, value]) => [`l_${key}`, value]));
      const variants = [{ branch: `${spec.id}_branch`, since: 120000, role: 'primary' as const, sql: text }];
      const [[rankedBy, { kind }] = ['', { kind: 'gauge' }]] = Object.entries(spec.metrics);
      const topK = top && {
        rankedBy,
        enters: top.enters,
        stays: top.enters + top.more,
        ...(top.hasOthers && kind === 'counter' ? { otherBy: Object.keys(labels).slice(0, 1) } : {}),
      };
      const shown = topK === undefined ? {} : { topK };
      return defineCollector<string, string, string, string>({ ...spec, ...shown, labels, variants });
    });

  test('for any other', () => {
    fc.assert(
      fc.property(collector, (one) => {
        expect(load(dumpCollectors([one]))).toEqual([one]);
      }),
      { numRuns: 60 },
    );
  });

  test('also with renamed columns', () => {
    const text = 'x: {query: Q, metrics: [{a: {usage: LABEL, rename: b}}, {c: {usage: GAUGE, rename: d}}]}';
    const loaded = load(text);
    expect(load(dumpCollectors(loaded))).toEqual(loaded);
  });
});

test('SQL of several lines is a block that people can read', () => {
  expect(dumpCollectors(load('x: {query: "SELECT 1 AS v,\\n  2 AS w", metrics: [{v: {usage: GAUGE}}]}'))).toBe(`x:
  query: |-
    SELECT 1 AS v,
      2 AS w
  ttl: 0
  timeout: 0.1
  metrics:
    - v:
        usage: GAUGE
`);
});
