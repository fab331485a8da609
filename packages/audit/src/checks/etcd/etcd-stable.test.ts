import { expect, test } from 'vitest';
import { etcdStatusFact } from '../etcd.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { etcdStable } from './etcd-stable.ts';

test.each([
  ['hardened', 'pass', {}],
  [
    'the first hour, with the election of the start',
    'pass',
    { startedAt: '2026-11-21T11:30:00.000Z', leaderChanges: 2 },
  ],
  ['weak: an election an hour', 'warn', { startedAt: '2026-11-20T12:00:00.000Z', leaderChanges: 24 }],
  ['a slow disk', 'warn', { walFsyncP99: '0.512' }],
  ['slower than anything counted', 'warn', { walFsyncP99: '+Inf' }],
  ['no leader', 'fail', { leaderId: null }],
  ['no metrics', 'undecided', { leaderChanges: null }],
] as const)('%s: %s', (_, outcome, changes) => {
  const facts = { 'etcd.status': etcdStatusFact(changes) };
  expect(etcdStable.evaluate(facts, etcdStable.params, seenAt).outcome).toBe(outcome);
});
