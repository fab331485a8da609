import { expect, test } from 'vitest';
import { parseDurationMs } from './duration.ts';

test.each([
  ['500ms', 500],
  ['10s', 10_000],
  ['1.5s', 1500],
  ['5m', 300_000],
  ['1h', 3_600_000],
  ['1h30m', 5_400_000],
  ['180d', 15_552_000_000],
  ['2w', 1_209_600_000],
  ['0s', 0],
])('%s', (text, ms) => {
  expect(parseDurationMs(text)).toBe(ms);
});

test.each(['', '10', 's', '-1s', '1 s', '10S', '1y', '1s,2s', 'P1D'])('%j is no duration', (text) => {
  expect(() => parseDurationMs(text)).toThrow('is not a duration');
});
