import { expect, test } from 'vitest';
import { perMember } from '../patroni.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { clusterRtoEstimated } from './cluster-rto-estimated.ts';

const judge = (ttl: number, loop_wait: number, objectiveSeconds = 60) =>
  clusterRtoEstimated.evaluate(
    { 'patroni.config': perMember('.patroni', { ttl, loop_wait }) },
    { ...clusterRtoEstimated.params, objectiveSeconds },
    seenAt,
  );

test.each([
  ['hardened: the plan norm within a minute', 'pass', 30, 5, 60],
  ['exactly the objective', 'pass', 30, 11, 60],
  ['a fifth too long', 'warn', 40, 10, 60],
  ['weak: the plan wide', 'fail', 120, 20, 60],
  ['a stricter objective', 'fail', 30, 5, 30],
] as const)('%s: %s', (_, outcome, ttl, loopWait, objective) => {
  expect(judge(ttl, loopWait, objective).outcome).toBe(outcome);
});

test('the reason shows the sum', () => {
  expect(judge(30, 5).reason.en).toContain('up to 54 s (ttl 30, loop 5, election 2, promotion 5, detection 12)');
});
