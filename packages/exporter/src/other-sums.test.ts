import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addOthers, noOthers, type OtherMemory, type OtherRow } from './other-sums.ts';
import type { ShownKeys } from './top-k.ts';

const row = (key: string, ...counters: readonly number[]): OtherRow => ({ key, labels: ['app'], counters });
const shownKeys = (keys: string): ShownKeys => new Map(keys.split('').map((key) => [key, 0]));
const sumOf = ({ sums }: OtherMemory, label = 'app'): readonly number[] | undefined =>
  [...sums.values()].find(({ labels }) => labels[0] === label)?.counters;

describe('the sum of what is not shown', () => {
  const first = addOthers(noOthers, [row('a', 10), row('b', 5)], undefined, shownKeys('a'));

  test('begins at 0: what happened before is not known', () => {
    expect(sumOf(first)).toEqual([0]);
  });

  test.each([
    ['a row that is shown speaks for itself', 'a', 'a', [row('a', 17), row('b', 5)], 0],
    ['a row that is not shown is added', 'a', 'a', [row('a', 10), row('b', 8)], 3],
    ['a row that comes to be shown is added once more: its series has no earlier value', 'a', 'ab', [row('b', 9)], 4],
    ['a row that leaves is added from then on', 'a', '', [row('a', 12), row('b', 5)], 2],
    ['a counter that fell began anew', 'a', 'a', [row('b', 2)], 2],
    ['of a new candidate nothing is known', 'a', 'a', [row('c', 100)], 0],
    ['what is no number adds nothing', 'a', 'a', [row('b', Number.NaN)], 0],
  ])('%s', (_name, before, now, rows, sum) => {
    expect(sumOf(addOthers(first, rows, shownKeys(before), shownKeys(now)))).toEqual([sum]);
  });

  test('each label tuple has its own, and one without a row is forgotten', () => {
    const rows = [row('a', 1), { ...row('b', 1), labels: ['log'] }];
    const one = addOthers(noOthers, rows, undefined, shownKeys(''));
    const moved = [row('a', 2), { ...row('b', 5), labels: ['log'] }];
    const two = addOthers(one, moved, shownKeys(''), shownKeys(''));
    expect([sumOf(two, 'app'), sumOf(two, 'log')]).toEqual([[1], [4]]);
    expect(sumOf(addOthers(two, [row('a', 2)], shownKeys(''), shownKeys('')), 'log')).toBeUndefined();
  });
});

test('nothing is lost and nothing counted twice: shown and others together did what all candidates did', () => {
  const keys = 'abcdef'.split('');
  const step = fc.record({
    added: fc.array(fc.nat({ max: 50 }), { minLength: keys.length, maxLength: keys.length }),
    shown: fc.subarray(keys),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
      const values = keys.map(() => 1000);
      let memory = noOthers;
      let before: ShownKeys | undefined;
      let last: readonly number[] = [];
      let fromSeries = 0;
      let everything = 0;
      let previous = 0;
      for (const { added, shown } of steps) {
        for (const [at, more] of added.entries()) values[at] = (values[at] ?? 0) + more;
        const now = shownKeys(shown.join(''));
        const known: ShownKeys | undefined = before;
        memory = addOthers(
          memory,
          keys.map((key, at) => row(key, values[at] ?? 0)),
          known,
          now,
        );
        if (known !== undefined) {
          for (const [at, key] of keys.entries()) {
            const delta = (values[at] ?? 0) - (last[at] ?? 0);
            everything += delta;
            // What increase() sees of a series: only between two samples.
            if (known.has(key) && now.has(key)) fromSeries += delta;
          }
        }
        const [sum = 0] = sumOf(memory) ?? [];
        expect(sum).toBeGreaterThanOrEqual(previous);
        previous = sum;
        before = now;
        last = [...values];
      }
      expect(fromSeries + previous).toBe(everything);
    }),
  );
});
