import { expect, test } from 'vitest';
import { etcdStatusFact } from '../etcd.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { etcdSpace } from './etcd-space.ts';

const judge = (dbSizeBytes: number, quotaBytes: number | null, ...alarms: readonly string[]) =>
  etcdSpace.evaluate(
    {
      'etcd.status': etcdStatusFact({ dbSizeBytes, quotaBytes }),
      'etcd.alarms': alarms.map((alarm) => ({ memberId: 'B', alarm })),
    },
    { warnPercent: 75, failPercent: 90 },
    seenAt,
  );

test.each([
  ['hardened', 'pass', 10, 100, []],
  ['three quarters', 'warn', 75, 100, []],
  ['weak: nearly full', 'fail', 95, 100, []],
  ['no space', 'fail', 10, 100, ['NOSPACE']],
  ['corrupt', 'fail', 10, 100, ['CORRUPT']],
  ['a quota nobody shows', 'undecided', 10, null, []],
] as const)('%s: %s', (_, outcome, size, quota, alarms) => {
  expect(judge(size, quota, ...alarms).outcome).toBe(outcome);
});

test('the evidence repeats the decision, not the size of the moment', () => {
  expect(evidenceLines(judge(80, 100))).toEqual(['alarms=', 'database within 75 % of the quota=false']);
});
