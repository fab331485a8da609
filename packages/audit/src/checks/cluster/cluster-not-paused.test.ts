import { expect, test } from 'vitest';
import { patroniStatusFact, perMember } from '../patroni.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { clusterNotPaused } from './cluster-not-paused.ts';

const well = patroniStatusFact();
const paused = patroniStatusFact({ isPaused: true });

test.each([
  ['hardened', 'pass', false, [well, well]],
  ['weak: forgotten', 'fail', false, [well, paused]],
  ['allowed by a change record', 'warn', true, [paused, paused]],
  ['a member that does not answer', 'undecided', false, [well, undefined]],
  ['paused, whoever else is silent', 'fail', false, [paused, undefined]],
] as const)('%s: %s', (_, outcome, maintenance, statuses) => {
  const facts = { 'patroni.status': perMember('.patroni', ...statuses) };
  expect(clusterNotPaused.evaluate(facts, { maintenance }, seenAt).outcome).toBe(outcome);
});
