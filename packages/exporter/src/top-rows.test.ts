import { counter, defineCollector, gauge, type AnyCollector } from '@pgattest/catalog';
import type { ResultSet } from '@pgattest/connect';
import { expect, test } from 'vitest';
import type { PlannedCollector } from './plan.ts';
import { TopRows } from './top-rows.ts';

const oid = { int8: 20, text: 25 };
const statements = defineCollector({
  id: 'x',
  source: 'postgres',
  scope: 'instance',
  help: 'Statements',
  cacheSeconds: 0,
  timeoutSeconds: 1,
  priority: 1,
  topK: { rankedBy: 'calls', enters: 2, stays: 3, otherBy: ['datname'] },
  labels: { datname: 'Database', query: 'Statement' },
  metrics: {
    calls: counter('count', 'Executions'),
    exec_time: { ...counter('seconds', 'Time'), scale: 0.001 },
    rank: gauge('count', 'A gauge'),
  },
  variants: [{ branch: 'x', sql: 'SELECT 1', columns: { values: { calls: 'n' } } }],
});

const plan = (collector: AnyCollector): PlannedCollector => {
  const [variant] = collector.variants;
  if (variant === undefined) throw new Error('no variant');
  return { name: collector.id, collector, variant };
};
/** Rows of `query: calls`, each call took a second. */
const result = (calls: Readonly<Record<string, number>>): ResultSet => ({
  columns: [
    { name: 'query', typeOid: oid.text },
    { name: 'datname', typeOid: oid.text },
    { name: 'n', typeOid: oid.int8 },
    { name: 'exec_time', typeOid: oid.int8 },
    { name: 'rank', typeOid: oid.int8 },
  ],
  rows: Object.entries(calls).map(([query, n]) => [query, 'app', String(n), String(n * 1000), '7']),
});

/** Series of each family: `query value`, or the value alone where there is no query. */
async function show(top: TopRows, calls: Readonly<Record<string, number>>) {
  const { families, samples, top: counts } = await top.convert(plan(statements), result(calls), {});
  const series = families.map(({ name, samples: all }): readonly [string, readonly string[]] => [
    name,
    all.map(({ labels, value }) => (labels.length > 1 ? `${labels[1] ?? ''} ${value}` : String(value))),
  ]);
  return { series: Object.fromEntries(series), samples, counts };
}

test('the rows that rank highest are shown, and what the others do is summed by database', async () => {
  const top = new TopRows();
  expect(await show(top, { a: 90, b: 80, c: 70, d: 60 })).toEqual({
    series: {
      x_calls: ['a 90', 'b 80'],
      x_exec_time: ['a 90', 'b 80'],
      x_rank: ['a 7', 'b 7'],
      x_other_calls_total: ['0'],
      x_other_exec_time_seconds_total: ['0'],
    },
    samples: 8,
    counts: { entered: 0, left: 0, hidden: 2 },
  });
  const second = await show(top, { a: 91, b: 82, c: 85, d: 64 });
  expect(second.series).toMatchObject({
    x_calls: ['a 91', 'b 82', 'c 85'],
    // 15 of c before it was shown, 4 of d.
    x_other_calls_total: ['19'],
    x_other_exec_time_seconds_total: ['19'],
  });
  expect(second.counts).toEqual({ entered: 1, left: 0, hidden: 1 });
});

test('a reload begins anew with the first ones, and counts stay what they were', async () => {
  const top = new TopRows();
  await show(top, { a: 9, b: 8, c: 7 });
  await show(top, { a: 9, b: 8, c: 10 });
  top.forget();
  const { series, counts } = await show(top, { a: 9, b: 8, c: 10 });
  expect(series).toMatchObject({ x_calls: ['a 9', 'c 10'], x_other_calls_total: ['0'] });
  expect(counts).toEqual({ entered: 1, left: 0, hidden: 1 });
});

test('without the column that ranks, the order of the result does', async () => {
  const { columns, rows } = result({ a: 1, b: 2, c: 3 });
  const drifted = { columns: columns.map((one) => (one.name === 'n' ? { ...one, name: 'm' } : one)), rows };
  const { families, missing } = await new TopRows().convert(plan(statements), drifted, {});
  expect(missing).toEqual(['calls']);
  expect(families.find(({ name }) => name === 'x_rank')?.samples.map(({ labels }) => labels[1])).toEqual(['a', 'b']);
});

test('a result without a label fails as any other', async () => {
  const { columns, rows } = result({ a: 1 });
  const drifted = { columns: columns.map((one) => ({ ...one, name: `${one.name}_` })), rows };
  await expect(new TopRows().convert(plan(statements), drifted, {})).rejects.toThrow('datname');
});

test('a collector that shows every row is left alone', async () => {
  const { topK: _, ...every } = statements;
  const collector = defineCollector<string, string, string>(every);
  const { families, top } = await new TopRows().convert(plan(collector), result({ a: 1, b: 2, c: 3 }), {});
  expect(families.map(({ samples }) => samples.length)).toEqual([3, 3, 3]);
  expect(top).toBeUndefined();
});
