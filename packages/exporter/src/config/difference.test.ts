import { expect, test } from 'vitest';
import { differenceOf } from './difference.ts';
import { readCollectorFile } from './read-file.ts';
import { toCollectors } from './to-collectors.ts';

const load = (text: string): ReturnType<typeof toCollectors> =>
  toCollectors(readCollectorFile(text, 'c.yml').branches ?? []);
const metrics = 'metrics: [{v: {usage: GAUGE}}]';

test('a reload is told by branch: added, removed and changed ones', () => {
  const before = load(`a: {query: A, ${metrics}}\nb: {query: B, ${metrics}}\nc: {query: C, timeout: -1, ${metrics}}`);
  const after = load(
    `b: {query: B, ttl: 5, ${metrics}}\nc: {query: C, timeout: -2, ${metrics}}\nd: {query: D, ${metrics}}`,
  );
  expect(differenceOf(before, after)).toEqual({ added: ['d'], removed: ['a'], changed: ['b'] });
  expect(differenceOf(before, before)).toEqual({ added: [], removed: [], changed: [] });
});

test('a new sibling with more columns does not change a branch', () => {
  const old = `a_1: {name: a, query: A, max_version: 140000, ${metrics}}\n`;
  const more = 'a_2: {name: a, query: A2, min_version: 140000, metrics: [{v: {usage: GAUGE}}, {w: {usage: GAUGE}}]}';
  expect(differenceOf(load(old), load(old + more))).toEqual({ added: ['a_2'], removed: [], changed: [] });
});
