import { expect, test } from 'vitest';
import { patroniStatusFact, perMember } from '../patroni.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { clusterFailsafeMode } from './cluster-failsafe-mode.ts';

const judge = (
  failsafe_mode: boolean,
  ...statuses: Parameters<typeof perMember<ReturnType<typeof patroniStatusFact>>>[1][]
) =>
  clusterFailsafeMode.evaluate(
    {
      'patroni.config': perMember('.patroni', { failsafe_mode }),
      'patroni.status': perMember('.patroni', ...statuses),
    },
    {},
    seenAt,
  );
const well = patroniStatusFact();

test.each([
  ['hardened', 'pass', true, [well, well]],
  ['weak: off', 'warn', false, [well, well]],
  ['active now', 'fail', true, [well, patroniStatusFact({ isFailsafeActive: true })]],
  ['a member too old for it', 'fail', true, [well, patroniStatusFact({ version: '2.1.7' })]],
  ['a member that does not answer', 'undecided', true, [well, undefined]],
] as const)('%s: %s', (_, outcome, failsafe, statuses) => {
  expect(judge(failsafe, ...statuses).outcome).toBe(outcome);
});

test('every member is evidence', () => {
  expect(evidenceLines(judge(true, well, patroniStatusFact({ version: '3.0.2' })))).toEqual([
    'pg-test-1.patroni failsafe_mode=true',
    'pg-test-1.patroni version, failsafe active=4.0.5 false',
    'pg-test-2.patroni version, failsafe active=3.0.2 false',
  ]);
});
