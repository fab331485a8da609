import { expect, test } from 'vitest';
import { patroniStatusFact } from '../patroni.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { patroniNoPendingRestart } from './patroni-no-pending-restart.ts';

const judge = (changes: Parameters<typeof patroniStatusFact>[0]) =>
  patroniNoPendingRestart.evaluate({ 'patroni.status': patroniStatusFact(changes) }, {}, seenAt);

test.each([
  ['hardened', 'pass', {}],
  ['weak: a setting waits', 'warn', { isRestartPending: true, restartSettings: ['max_connections'] }],
  ['before 3.3, which does not say which', 'warn', { isRestartPending: true }],
  ['a security setting waits', 'fail', { isRestartPending: true, restartSettings: ['shared_preload_libraries'] }],
] as const)('%s: %s', (_, outcome, changes) => {
  expect(judge(changes).outcome).toBe(outcome);
});

test('the command prints false where Patroni says nothing', () => {
  expect(evidenceLines(judge({}))).toEqual(['pending_restart=false']);
});
