import { expect, test } from 'vitest';
import { findDurationMs } from './guc-duration.ts';

test.each([
  ['900000', 900_000],
  ['15min', 900_000],
  ['1.5 h', 5_400_000],
  ['0', 0],
  ['30s', 30_000],
  ['1d', 86_400_000],
  ['soon', undefined],
  ['5 fortnights', undefined],
  ['', undefined],
])('%j is %j ms', (text, expected) => {
  expect(findDurationMs(text)).toBe(expected);
});
