import { expect, test } from 'vitest';
import { clusterFact, leaderFact, memberFact, perMember } from '../patroni.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { clusterFailoverCandidate } from './cluster-failover-candidate.ts';

const judge = (...replicas: readonly ReturnType<typeof memberFact>[]) =>
  clusterFailoverCandidate.evaluate(
    {
      'patroni.cluster': perMember('.patroni', clusterFact([leaderFact('pg-test-1', { timeline: 3 }), ...replicas])),
      'patroni.config': perMember('.patroni', { maximum_lag_on_failover: 1000 }),
    },
    { wanted: 2 },
    seenAt,
  );
const well = (name: string, changes = {}) => memberFact(name, { timeline: 3, ...changes });

test.each([
  ['hardened: two replicas', 'pass', [well('b'), well('c', { state: 'streaming', role: 'sync_standby' })]],
  ['one replica', 'warn', [well('b')]],
  ['one of two is held back', 'warn', [well('b'), well('c', { tags: { nofailover: true } })]],
  [
    'weak: every replica is held back',
    'fail',
    [well('b', { tags: { nofailover: true } }), well('c', { tags: { failover_priority: 0 } })],
  ],
  ['too far behind', 'fail', [well('b', { lagBytes: 1001 })]],
  ['a lag nobody knows', 'fail', [well('b', { lagBytes: null })]],
  ['another timeline', 'fail', [well('b', { timeline: 2 })]],
  ['not running', 'fail', [well('b', { state: 'start failed' })]],
  ['alone', 'fail', []],
] as const)('%s: %s', (_, outcome, replicas) => {
  expect(judge(...replicas).outcome).toBe(outcome);
});

test('the evidence names each replica with what decides', () => {
  expect(evidenceLines(judge(well('b'), well('c', { lagBytes: 2000 })))[0]).toBe(
    'pg-test-1.patroni replicas: state, timeline, lag within the limit, nofailover, failover_priority=b running 3 true false null\nc running 3 false false null',
  );
});
