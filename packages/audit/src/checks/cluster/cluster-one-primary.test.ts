import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import type { Observation } from '../../probe.ts';
import { silentPatroniFact, standbyClusterFact } from '../cluster.fixture.ts';
import { serverFact } from '../server.fixture.ts';
import { evidenceLines, ok, seenAt, unreachable } from '../settings.fixture.ts';
import { clusterOnePrimary } from './cluster-one-primary.ts';

const judge = (...members: readonly Observation<FactMap['pg.server']>[]) => judgeKnowing(new Map(), ...members);
const judgeKnowing = (inventory: typeof standbyClusterFact, ...members: readonly Observation<FactMap['pg.server']>[]) =>
  clusterOnePrimary.evaluate(
    {
      'pg.server': new Map(members.map((member, index) => [`pg-test-${index + 1}`, member])),
      'cluster.inventory': inventory,
    },
    {},
    seenAt,
  );
const primary = ok(serverFact());
const replica = ok(serverFact({ inRecovery: true }));

test('hardened: one primary, and its replica follows the same timeline', () => {
  const verdict = judge(primary, replica);
  expect(verdict.outcome).toBe('pass');
  expect(verdict.reason.zh).toBe('经核查，pg-test-1 为唯一主库，时间线为 1，符合要求');
  expect(evidenceLines(verdict)).toEqual([
    'pg-test-1 in recovery, system identifier=f|7710730764901021745',
    'pg-test-1 timeline written or received=1',
    'pg-test-2 in recovery, system identifier=t|7710730764901021745',
    'pg-test-2 timeline written or received=1',
  ]);
});

test('weak: two primaries are a split brain, even while a third member is silent', () => {
  expect(judge(primary, primary).outcome).toBe('fail');
  expect(judge(primary, primary, unreachable).reason.en).toBe('split brain: pg-test-1, pg-test-2 all take writes');
});

test('no primary fails when every member answered', () => {
  expect(judge(replica, replica).outcome).toBe('fail');
});

test.each([
  ['the primary is silent', [unreachable, replica]],
  ['the replica is silent and may have been promoted', [primary, unreachable]],
])('when %s it is not decided', (_, members) => {
  const verdict = judge(...members);
  expect(verdict.outcome).toBe('undecided');
  expect(verdict.reason.en).toContain('did not answer');
});

test('a member of another database is no member', () => {
  expect(judge(primary, ok(serverFact({ inRecovery: true, systemIdentifier: '1' }))).outcome).toBe('fail');
});

test('a replica left on the old timeline fails; one that receives nothing is judged elsewhere', () => {
  expect(judge(ok(serverFact({ timeline: 2 })), replica).outcome).toBe('fail');
  expect(judge(ok(serverFact({ timeline: 2 })), ok(serverFact({ inRecovery: true, timeline: null }))).outcome).toBe(
    'pass',
  );
});

test('a single server is its own primary', () => {
  expect(judge(primary).outcome).toBe('pass');
});

test.each([
  ['hardened: nobody takes writes in a standby cluster', 'pass', [replica, replica]],
  ['weak: a standby cluster whose leader was promoted', 'fail', [primary, replica]],
  ['members on two timelines', 'fail', [replica, ok(serverFact({ inRecovery: true, timeline: 2 }))]],
  [
    'a member that receives nothing is judged elsewhere',
    'pass',
    [replica, ok(serverFact({ inRecovery: true, timeline: null }))],
  ],
  ['a silent member may take writes', 'undecided', [replica, unreachable]],
] as const)('standby cluster, %s: %s', (_, outcome, members) => {
  expect(judgeKnowing(standbyClusterFact, ...members).outcome).toBe(outcome);
});

test('without a word of Patroni, which is there, a cluster without a primary is not decided', () => {
  expect(judgeKnowing(silentPatroniFact, replica, replica).outcome).toBe('undecided');
  expect(judgeKnowing(silentPatroniFact, primary, replica).outcome).toBe('pass');
});
