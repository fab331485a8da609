import { expect, test } from 'vitest';
import { scheduleOf } from './schedule.ts';

const dayMs = 86_400_000;
const hour = 3_600_000;
const nightly = (days: readonly number[]) => days.map((day) => `2026-11-0${day}T02:00:00.000Z`);

test('a nightly run that is a little late is no gap', () => {
  const late = [...nightly([1, 2]), '2026-11-03T05:30:00.000Z'];
  expect(scheduleOf({ from: '2026-11-01', to: '2026-11-03' }, late, dayMs)).toMatchObject({
    days: 3,
    daysWithRun: 3,
    runsPerDay: [1, 1, 1],
    gaps: [],
    longestGapMs: 27.5 * hour,
  });
});

test('a night left out is a gap, and so are the days before the first and after the last run', () => {
  const { gaps, daysWithRun, runsPerDay } = scheduleOf(
    { from: '2026-11-01', to: '2026-11-09' },
    nightly([3, 5, 6]),
    dayMs,
  );
  expect({ daysWithRun, runsPerDay }).toEqual({ daysWithRun: 3, runsPerDay: [0, 0, 1, 0, 1, 1, 0, 0, 0] });
  expect(gaps.map(({ from, to, durationMs }) => [from, to, durationMs / hour])).toEqual([
    ['2026-11-01T00:00:00.000Z', '2026-11-03T02:00:00.000Z', 50],
    ['2026-11-03T02:00:00.000Z', '2026-11-05T02:00:00.000Z', 48],
    ['2026-11-06T02:00:00.000Z', '2026-11-10T00:00:00.000Z', 94],
  ]);
});
