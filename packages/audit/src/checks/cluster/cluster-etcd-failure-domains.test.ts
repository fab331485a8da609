import { expect, test } from 'vitest';
import { etcdMemberFact, perEtcd } from '../etcd.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { clusterEtcdFailureDomains } from './cluster-etcd-failure-domains.ts';

const judge = (zones: Record<string, string>, ...members: readonly ReturnType<typeof etcdMemberFact>[]) =>
  clusterEtcdFailureDomains.evaluate({ 'etcd.members': perEtcd(members) }, { zones }, seenAt);
const three = ['etcd-1', 'etcd-2', 'etcd-3'].map((name) => etcdMemberFact(name));
const sameHost = three.map((member) => ({ ...member, peerUrls: ['https://10.0.1.1:2380'] }));

test.each([
  ['hardened: three places', 'pass', { 'etcd-1': 'a', 'etcd-2': 'b', 'etcd-3': 'c' }, three],
  ['weak: two of three at one place', 'fail', { 'etcd-1': 'a', 'etcd-2': 'a', 'etcd-3': 'b' }, three],
  ['one host', 'fail', {}, sameHost],
  ['a single member', 'fail', {}, three.slice(0, 1)],
  ['two members: either place takes the majority with it', 'fail', { 'etcd-1': 'a', 'etcd-2': 'b' }, three.slice(0, 2)],
  ['zones that nobody declared', 'undecided', {}, three],
] as const)('%s: %s', (_, outcome, zones, members) => {
  expect(judge({ ...zones }, ...members).outcome).toBe(outcome);
});
