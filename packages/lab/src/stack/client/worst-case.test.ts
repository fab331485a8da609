import { expect, test } from 'vitest';
import { rtoPlans } from '../rto-plans.ts';
import { parseInterval, worstCaseOf } from './worst-case.ts';

test('the default plan stays within a minute, the fast one is faster, the test plan the fastest', () => {
  const [norm, fast, quick] = [rtoPlans.norm, rtoPlans.fast, rtoPlans.test].map(
    (plan) => worstCaseOf(plan, 2_000).failoverMs,
  );
  // 30 s lease, 5 s loop, 7 s election and promotion, 6 x 2 s checks, 2 s client
  expect(norm).toBe(56_000);
  expect(fast).toBe(40_000);
  // 5 s lease, 1 s loop, 7 s, 3 x 1 s checks, 2 s client
  expect(quick).toBe(18_000);
});

test('a start that does not succeed comes on top of a failover', () => {
  const { failoverMs, restartMs } = worstCaseOf(rtoPlans.norm, 2_000);
  expect(restartMs - failoverMs).toBe(
    (rtoPlans.norm.primaryStartTimeout + rtoPlans.norm.loopWait - rtoPlans.norm.ttl) * 1_000,
  );
});

test('intervals are read as HAProxy reads them', () => {
  expect(parseInterval('500ms')).toBe(500);
  expect(parseInterval('2s')).toBe(2_000);
  expect(() => parseInterval('2m')).toThrow('not an interval');
});
