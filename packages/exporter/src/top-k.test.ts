import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseTop, patience, type Candidate, type ShownKeys, type TopChoice } from './top-k.ts';

const rule = { enters: 3, stays: 6 };
/** `a` ranks first, `b` second and so on. */
const ranked = (keys: string): readonly Candidate[] => keys.split('').map((key, at) => ({ key, weight: 100 - at }));
const keysOf = (shown: ShownKeys): string => [...shown.keys()].toSorted().join('');
const after = (...results: readonly string[]): TopChoice => {
  const [first = '', ...rest] = results;
  let choice = chooseTop(ranked(first), undefined, rule);
  for (const result of rest) choice = chooseTop(ranked(result), choice.shown, rule);
  return choice;
};

describe('what is shown', () => {
  test.each([
    ['the first result shows the first ones', ['abcdefgh'], 'abc'],
    ['fewer candidates than places are all shown', ['ab'], 'ab'],
    ['no candidate shows nothing', [''], ''],
    ['one that falls out of the first stays', ['abcdefgh', 'abdcefgh'], 'abcd'],
    ['at the last rank at which it may stay', ['abcdefgh', 'bdefgahc'], 'abde'],
    ['and leaves beyond it', ['abcdefgh', 'bdefghac'], 'bde'],
    ['one that ranks high is shown at once, whoever stays', ['abcdef', 'xabcde', 'yxabcd'], 'abcxy'],
    ['one that is no longer a candidate leaves', ['abcd', 'acd'], 'acd'],
    ['one that left must be among the first to come back', ['abcdefg', 'defghxa', 'defahx'], 'def'],
  ])('%s', (_name, results, shown) => {
    expect(keysOf(after(...results).shown)).toBe(shown);
  });

  test('what comes and goes is counted, but the first result did not come', () => {
    const { entered, left, hidden } = after('abcdefgh');
    expect({ entered, left, hidden }).toEqual({ entered: 0, left: 0, hidden: 5 });
    const next = after('abcdefgh', 'bdxyzhac');
    expect(next).toMatchObject({ entered: 2, left: 2, hidden: 5 });
    expect(keysOf(next.shown)).toBe('bdx');
  });

  test('among equals those shown before are first, then the order is that of the keys', () => {
    const equal = 'gfedcba'.split('').map((key) => ({ key, weight: 0 }));
    expect(keysOf(chooseTop(equal, undefined, rule).shown)).toBe('abc');
    expect(keysOf(chooseTop(equal, new Map('efg'.split('').map((key) => [key, 0])), rule).shown)).toBe('efg');
  });

  test('a row without a rank is last, and of several rows of one key the highest counts', () => {
    const rows = [
      { key: 'a', weight: Number.NaN },
      { key: 'b', weight: -5 },
      { key: 'c', weight: 1 },
      { key: 'd', weight: 2 },
      { key: 'a', weight: Number.NaN },
      { key: 'b', weight: 3 },
    ];
    expect(keysOf(chooseTop(rows, undefined, rule).shown)).toBe('bcd');
    expect(chooseTop(rows, undefined, rule).hidden).toBe(1);
  });

  test('outside the first ones for too long, it leaves although it may stay', () => {
    let choice = chooseTop(ranked('abcdefgh'), undefined, rule);
    for (let turn = 0; turn < patience; turn += 1) choice = chooseTop(ranked('bcdaefgh'), choice.shown, rule);
    expect(keysOf(choice.shown)).toBe('abcd');
    expect(keysOf(chooseTop(ranked('bcdaefgh'), choice.shown, rule).shown)).toBe('bcd');
    // One look at the first ranks is enough to begin anew.
    const back = chooseTop(ranked('abcdefgh'), choice.shown, rule);
    expect(keysOf(chooseTop(ranked('bcdaefgh'), back.shown, rule).shown)).toBe('abcd');
  });
});

/** Weight with NaN last, as a rank compares it. */
const value = ({ weight }: Candidate): number => (Number.isNaN(weight) ? -Infinity : weight);

const above = (all: readonly Candidate[], one: Candidate): number =>
  all.filter((other) => value(other) > value(one)).length;
const notBelow = (all: readonly Candidate[], one: Candidate): number =>
  all.filter((other) => value(other) >= value(one)).length;

describe('laws', () => {
  const candidates = fc.uniqueArray(
    fc.record({
      key: fc.string({ minLength: 1, maxLength: 3 }),
      weight: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.double(), fc.constant(Number.NaN)),
    }),
    { selector: ({ key }) => key, maxLength: 40 },
  );
  const results = fc.array(candidates, { minLength: 1, maxLength: 8 });
  const rules = fc
    .record({ enters: fc.integer({ min: 1, max: 8 }), more: fc.integer({ min: 0, max: 8 }) })
    .map(({ enters, more }) => ({ enters, stays: enters + more }));

  test('never more than may stay, only candidates, and entered, left and hidden add up', () => {
    fc.assert(
      fc.property(results, rules, (series, limits) => {
        let before: ShownKeys | undefined;
        for (const all of series) {
          const { shown, entered, left, hidden } = chooseTop(all, before, limits);
          const known = new Set(all.map(({ key }) => key));
          expect(shown.size).toBeLessThanOrEqual(limits.stays);
          expect(shown.size).toBeGreaterThanOrEqual(Math.min(limits.enters, known.size));
          expect([...shown.keys()].filter((key) => !known.has(key))).toEqual([]);
          expect(shown.size + hidden).toBe(known.size);
          expect((before?.size ?? shown.size) + entered - left).toBe(shown.size);
          before = shown;
        }
      }),
    );
  });

  test('whoever is certainly among the first is shown, and whoever was shown and certainly may stay is kept', () => {
    fc.assert(
      fc.property(results, rules, (series, limits) => {
        let before: ShownKeys | undefined;
        for (const all of series) {
          const { shown } = chooseTop(all, before, limits);
          const mustShow = all.filter((one) => notBelow(all, one) <= limits.enters);
          const mustStay = all.filter((one) => before?.has(one.key) === true && notBelow(all, one) <= limits.stays);
          const mustGo = all.filter((one) => above(all, one) >= limits.stays);
          for (const { key } of [...mustShow, ...mustStay]) expect(shown.has(key)).toBe(true);
          for (const { key } of mustGo) expect(shown.has(key)).toBe(false);
          before = shown;
        }
      }),
    );
  });

  test('the order of the candidates does not matter', () => {
    const shuffled = results.chain((series) =>
      fc.tuple(
        fc.constant(series),
        fc.tuple(...series.map((all) => fc.shuffledSubarray([...all], { minLength: all.length }))),
      ),
    );
    fc.assert(
      fc.property(shuffled, rules, ([series, others], limits) => {
        let [one, other]: readonly (ShownKeys | undefined)[] = [undefined, undefined];
        for (const [at, all] of series.entries()) {
          one = chooseTop(all, one, limits).shown;
          other = chooseTop(others[at] ?? [], other, limits).shown;
          expect(Object.fromEntries(one)).toEqual(Object.fromEntries(other));
        }
      }),
    );
  });

  test('when nothing moves any more, nothing comes, and in the end exactly the first ones are shown', () => {
    fc.assert(
      fc.property(results, rules, (series, limits) => {
        let before: ShownKeys | undefined;
        for (const all of series) before = chooseTop(all, before, limits).shown;
        const last = series.at(-1) ?? [];
        for (let turn = 0; turn <= patience; turn += 1) {
          const { shown, entered } = chooseTop(last, before, limits);
          expect(entered).toBe(0);
          before = shown;
        }
        expect(before?.size).toBe(Math.min(limits.enters, last.length));
        const lowest = Math.min(...last.filter(({ key }) => before?.has(key)).map(value));
        const hidden = last.filter(({ key }) => before?.has(key) === false).map(value);
        expect(hidden.filter((weight) => weight > lowest)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});
