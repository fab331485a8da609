import type { Family } from '@pgattest/runtime';
import { describe, expect, test } from 'vitest';
import { merge, withConstantLabels } from './merge.ts';

const family = (change: Partial<Family> = {}): Family => ({
  name: 'pg_x',
  kind: 'gauge',
  help: 'A value',
  labelNames: ['datname'],
  samples: [{ labels: ['a'], value: 1 }],
  ...change,
});

describe('merge', () => {
  test('joins series of one name and keeps the order in which names appear', () => {
    const { families, conflicts } = merge([
      { database: 'app', origin: 'one', families: [family(), family({ name: 'pg_y' })] },
      { database: 'app', origin: 'two', families: [family({ samples: [{ labels: ['b'], value: 2 }] })] },
    ]);
    expect(families.map(({ name, samples }) => [name, samples.length])).toEqual([
      ['pg_x', 2],
      ['pg_y', 1],
    ]);
    expect(conflicts).toEqual([]);
  });

  test('keeps the first of duplicate series and names what it dropped', () => {
    const twice = family({
      samples: [
        { labels: ['a'], value: 1 },
        { labels: ['a'], value: 2 },
        { labels: ['a'], value: 3 },
      ],
    });
    const { families, conflicts } = merge([{ database: 'app', origin: 'one', families: [twice] }]);
    expect(families).toEqual([family()]);
    expect(conflicts).toEqual([
      {
        metric: 'pg_x',
        database: 'app',
        origin: 'one',
        reason: 'duplicate_series',
        count: 2,
        example: '{datname="a"}',
      },
    ]);
  });

  test.each<[string, Partial<Family>]>([
    ['type_differs', { kind: 'counter' }],
    ['labels_differ', { labelNames: ['datname', 'pid'], samples: [{ labels: ['b', '1'], value: 1 }] }],
  ])('drops a later family of the same name when its %s', (reason, change) => {
    const { families, conflicts } = merge([
      { database: 'app', origin: 'one', families: [family()] },
      { database: 'app', origin: 'two', families: [family(change)] },
    ]);
    expect(families).toEqual([family()]);
    expect(conflicts).toMatchObject([{ database: 'app', origin: 'two', reason, count: 1 }]);
  });

  test('label values that only look alike when joined are different series', () => {
    const pairs = family({
      labelNames: ['a', 'b'],
      samples: [
        { labels: ['x,', 'y'], value: 1 },
        { labels: ['x', ',y'], value: 2 },
      ],
    });
    expect(merge([{ database: 'app', origin: 'one', families: [pairs] }]).conflicts).toEqual([]);
  });

  test('a family without samples is not exposed', () => {
    expect(merge([{ database: 'app', origin: 'one', families: [family({ samples: [] })] }]).families).toEqual([]);
  });
});

test('constant labels follow the labels of every series', () => {
  expect(withConstantLabels([family()], { cls: 'pg-demo', ins: 'pg-demo-1' })).toEqual([
    family({ labelNames: ['datname', 'cls', 'ins'], samples: [{ labels: ['a', 'pg-demo', 'pg-demo-1'], value: 1 }] }),
  ]);
});
