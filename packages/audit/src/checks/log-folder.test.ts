import { expect, test } from 'vitest';
import { absolutePath, isWithin } from './log-folder.ts';

test.each([
  ['/pg/data', 'log', '/pg/data/log'],
  ['/pg/data', '../log', '/pg/log'],
  ['/pg/data', '/pg/log/./postgres/', '/pg/log/postgres'],
  ['/pg/data', '../../../..', '/'],
])('from %s, %s is %s', (base, path, absolute) => {
  expect(absolutePath(base, path)).toBe(absolute);
});

test('a folder of a longer name is another folder', () => {
  expect(isWithin('/pg/data2', '/pg/data')).toBe(false);
  expect(isWithin('/pg/data', '/pg/data')).toBe(true);
});
