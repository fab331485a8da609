import { expect, test } from 'vitest';
import { createTokenBucket } from './rate-limit.ts';

test('a burst at once, then one every interval, and never more than the burst', () => {
  const take = createTokenBucket();
  const limit = { intervalMs: 1000, burst: 2 };
  expect([0, 0, 0, 999].map((ms) => take(limit, ms))).toEqual([true, true, false, false]);
  expect([1000, 1001].map((ms) => take(limit, ms))).toEqual([true, false]);
  expect([60_000, 60_000, 60_000].map((ms) => take(limit, ms))).toEqual([true, true, false]);
});
