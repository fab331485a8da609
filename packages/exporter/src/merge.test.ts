import type { Family } from '@pgattest/runtime';
import { describe, expect, test } from 'vitest';
import { merge } from './merge.ts';

const family = (change: Partial<Family> = {}): Family => ({
  name: 'pg_x',
  kind: 'gauge',
  help: 'A value',
  labelNames: ['datname'],
  samples: [{ labels: ['a'], value: 1 }],
  ...change,
});

/** A family whose tuples are the given ones and not copies. */
const sharing = (name: string, tuples: readonly (readonly string[])[]): Family =>
  family({ name, samples: tuples.map((labels, value) => ({ labels, value })) });

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

  test('families of one collector share label tuples and are compared by them all the same', () => {
    const [a, b, twice] = [['a'], ['b'], ['a']];
    const { families, conflicts } = merge([
      {
        database: 'app',
        origin: 'one',
        families: [sharing('pg_x', [a, b]), sharing('pg_y', [a, b]), sharing('pg_z', [a, twice])],
      },
      {
        database: 'app',
        origin: 'two',
        families: [sharing('pg_y', [b, ['c']]), sharing('pg_w', [a, twice]), sharing('pg_y', [['c']])],
      },
    ]);
    expect(families.map(({ name, samples }) => [name, samples.map(({ labels }) => labels.join())])).toEqual([
      ['pg_x', ['a', 'b']],
      ['pg_y', ['a', 'b', 'c']],
      ['pg_z', ['a']],
      ['pg_w', ['a']],
    ]);
    expect(conflicts.map(({ metric, origin, count }) => [metric, origin, count])).toEqual([
      ['pg_z', 'one', 1],
      ['pg_y', 'two', 1],
      ['pg_w', 'two', 1],
      ['pg_y', 'two', 1],
    ]);
  });

  test('what was merged does not grow when more is merged later', () => {
    const samples = [{ labels: ['a'], value: 1 }];
    merge([
      { database: 'app', origin: 'one', families: [family({ samples })] },
      { database: 'app', origin: 'two', families: [family({ samples: [{ labels: ['b'], value: 2 }] })] },
    ]);
    expect(samples).toHaveLength(1);
  });

  test('a family without samples is not exposed', () => {
    expect(merge([{ database: 'app', origin: 'one', families: [family({ samples: [] })] }]).families).toEqual([]);
  });
});
