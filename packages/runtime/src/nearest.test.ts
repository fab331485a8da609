import { expect, test } from 'vitest';
import { findNearest } from './nearest.ts';

test.each([
  ['audti', 'audit'],
  ['AUDIT', 'audit'],
  ['exporte', 'exporter'],
  ['generated', 'generate'],
  ['x', undefined],
  ['quick', undefined],
])('%s means %s', (word, nearest) => {
  expect(findNearest(word, ['audit', 'exporter', 'generate', 'quickstart'])).toBe(nearest);
});
