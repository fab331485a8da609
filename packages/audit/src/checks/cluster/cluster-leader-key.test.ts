import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { etcdKeysFact, perEtcd } from '../etcd.fixture.ts';
import { clusterFact, leaderFact, perMember } from '../patroni.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { clusterLeaderKey } from './cluster-leader-key.ts';

type Leader = FactMap['etcd.keys']['leader'];
const judge = (named: string, ...leaders: readonly (Leader | undefined)[]) =>
  clusterLeaderKey.evaluate(
    {
      'etcd.keys': perEtcd(...leaders.map((leader) => (leader === undefined ? undefined : etcdKeysFact({ leader })))),
      'patroni.cluster': perMember('.patroni', clusterFact([leaderFact(named)])),
    },
    {},
    seenAt,
  );
const held = { name: 'pg-test-1', hasLease: true };

test.each([
  ['hardened', 'pass', 'pg-test-1', [held, held, undefined]],
  ['weak: a key that never ends', 'fail', 'pg-test-1', [{ name: 'pg-test-1', hasLease: false }]],
  ['another holder than the leader', 'fail', 'pg-test-2', [held]],
  ['nobody', 'fail', 'pg-test-1', [null]],
  ['members of etcd that differ', 'fail', 'pg-test-1', [held, { name: 'pg-test-2', hasLease: true }]],
] as const)('%s: %s', (_, outcome, named, leaders) => {
  expect(judge(named, ...leaders).outcome).toBe(outcome);
});

test('each member of etcd is asked', () => {
  expect(evidenceLines(judge('pg-test-1', held, held)).slice(0, 2)).toEqual([
    'etcd-1.etcd leader, held on a lease=pg-test-1 true',
    'etcd-2.etcd leader, held on a lease=pg-test-1 true',
  ]);
});
