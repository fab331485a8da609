import { expect, test } from 'vitest';
import { anchorOf, formatCount, formatTime, percentOf } from './format.ts';

test('times are printed in UTC to the second, anything else as it is', () => {
  expect(formatTime('2026-11-21T20:33:19.481Z')).toBe('2026-11-21 20:33:19 UTC');
  expect(formatTime('2026-11-21T20:33:19Z')).toBe('2026-11-21 20:33:19 UTC');
  expect(formatTime('2027-03-31')).toBe('2027-03-31');
});

test('a hundred per cent means all, and nothing of nothing has no basis', () => {
  expect(percentOf({ part: 199, whole: 200 })).toBe(99);
  expect(percentOf({ part: 200, whole: 200 })).toBe(100);
  expect(percentOf({ part: 0, whole: 0 })).toBeUndefined();
});

test('counts are grouped by thousands', () => {
  expect([7, 1000, 1234567].map(formatCount)).toEqual(['7', '1,000', '1,234,567']);
});

test('anchors hold letters of any script, digits, dots and dashes only', () => {
  expect(anchorOf('clause', '8.1.4.1 a)')).toBe('clause-8.1.4.1-a-');
  expect(anchorOf('waiver', '例外 7/"x"')).toBe('waiver-例外-7-x-');
});
