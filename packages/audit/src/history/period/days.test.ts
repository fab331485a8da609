import { expect, test } from 'vitest';
import { daysOf, isDay, isWithin } from './days.ts';

test('a period has its first and its last day, over the end of a month and of a leap year', () => {
  expect(daysOf({ from: '2028-02-27', to: '2028-03-01' })).toEqual([
    '2028-02-27',
    '2028-02-28',
    '2028-02-29',
    '2028-03-01',
  ]);
  expect(daysOf({ from: '2026-11-03', to: '2026-11-03' })).toEqual(['2026-11-03']);
});

test.each(['2026-02-30', '2026-13-01', '2026-1-1', '20260101', '', '2026-11-03T00:00:00Z', 'today'])(
  '%j is no day',
  (text) => {
    expect(isDay(text)).toBe(false);
  },
);

test('the last moment of the last day is in the period, the next is not', () => {
  const period = { from: '2026-11-01', to: '2026-11-30' };
  expect(isWithin(period, '2026-11-30T23:59:59.999Z')).toBe(true);
  expect(isWithin(period, '2026-12-01T00:00:00.000Z')).toBe(false);
  expect(isWithin(period, '2026-10-31T23:59:59.999Z')).toBe(false);
});
