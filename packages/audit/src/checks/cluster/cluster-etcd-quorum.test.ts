import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { etcdMemberFact, etcdStatusFact, perEtcd } from '../etcd.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { clusterEtcdQuorum } from './cluster-etcd-quorum.ts';

type Status = FactMap['etcd.status'];
const names = (count: number) => Array.from({ length: count }, (_, index) => etcdMemberFact(`etcd-${index + 1}`));
const status = (id: number, changes: Partial<Status> = {}) =>
  etcdStatusFact({ memberId: String(id), leaderId: '1', ...changes });
const judge = (members: FactMap['etcd.members'], ...statuses: readonly (Status | undefined)[]) =>
  clusterEtcdQuorum.evaluate(
    {
      'etcd.members': perEtcd(...statuses.map((one) => (one === undefined ? undefined : members))),
      'etcd.status': perEtcd(...statuses),
    },
    { minMembers: 3 },
    seenAt,
  );

test.each([
  ['hardened: three', 'pass', names(3), [status(1), status(2), status(3)]],
  ['five', 'pass', names(5), [status(1), status(2), status(3), status(4), status(5)]],
  ['four', 'warn', names(4), [status(1), status(2), status(3), status(4)]],
  ['weak: a single one', 'fail', names(1), [status(1)]],
  ['two', 'fail', names(2), [status(1), status(2)]],
  [
    'a learner has no vote',
    'fail',
    [...names(2), etcdMemberFact('etcd-3', { isLearner: true })],
    [status(1), status(2)],
  ],
  ['a member that says it is not healthy', 'fail', names(3), [status(1), status(2), status(3, { isHealthy: false })]],
  ['a member without a leader', 'fail', names(3), [status(1), status(2), status(3, { leaderId: null })]],
  ['two leaders', 'fail', names(3), [status(1), status(2), status(3, { leaderId: '3' })]],
  ['a member out of sight', 'undecided', names(3), [status(1), status(2), undefined]],
  ['a member that is not declared', 'undecided', names(3), [status(1), status(2)]],
] as const)('%s: %s', (_, outcome, members, statuses) => {
  expect(judge(members, ...statuses).outcome).toBe(outcome);
});

test('the evidence lists the voters and the health of each', () => {
  expect(evidenceLines(judge(names(3), status(1), status(2), status(3)))).toEqual([
    'etcd-1.etcd voting members=etcd-1\netcd-2\netcd-3',
    'etcd-1.etcd healthy, has a leader=true true',
    'etcd-2.etcd healthy, has a leader=true true',
    'etcd-3.etcd healthy, has a leader=true true',
  ]);
});
