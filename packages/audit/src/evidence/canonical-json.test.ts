import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

/** The same value with keys in order, for JSON.stringify to write. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]: [string, unknown]) => [key, ordered(item)]));
}

/** JSON.stringify puts keys that look like indexes first, whatever their order. */
const key = fc.string().filter((text) => !/^\d+$/u.test(text) && text !== '__proto__');
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'binary' }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('json')),
    fc.dictionary(key, tie('json')),
  ),
}));

test('is JSON with keys in order, two spaces deep', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(canonicalJson(value)).toBe(`${JSON.stringify(ordered(value), undefined, 2)}\n`);
    }),
  );
});

test('keys that look like numbers are sorted as texts, and what is undefined is left out', () => {
  const expected = '{\n  "10": true,\n  "9": true,\n  "a": {}\n}\n';
  expect(canonicalJson({ 9: true, a: { b: undefined }, 10: true })).toBe(expected);
});

test.each([
  ['not a number', { a: [1, { b: Number.NaN }] }, '$.a[1].b is NaN, which JSON cannot say'],
  ['an integer beyond JSON', [1n], '$[0] is a bigint, which JSON cannot say'],
  ['a map', { a: new Map() }, '$.a is a Map, which JSON cannot say'],
  ['a date', new Date(0), '$ is a Date, which JSON cannot say'],
  ['undefined in a list', [undefined], '$[0] is a undefined, which JSON cannot say'],
])('%s is refused by its place', (_, value, message) => {
  expect(() => canonicalJson(value)).toThrow(new TypeError(message));
});
