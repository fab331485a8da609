import { expect, test } from 'vitest';
import {
  membersFact,
  primaryOf,
  silentPatroniFact,
  standby,
  standbyClusterFact,
  type MemberFixture,
} from '../cluster.fixture.ts';
import { receiverFact, senderFact } from '../server.fixture.ts';
import { evidenceLines, seenAt, settingsFact } from '../settings.fixture.ts';
import { clusterReplicationStreaming } from './cluster-replication-streaming.ts';

const judge = (...members: readonly (MemberFixture | undefined)[]) =>
  clusterReplicationStreaming.evaluate(membersFact(...members), { maxLagBytes: 16_777_216 }, seenAt);
const far = 20_000_000;
const primary = primaryOf('pg-test-2');
const sends = (changes: Parameters<typeof senderFact>[0]): MemberFixture => ({
  ...primary,
  senders: [senderFact(changes)],
});
const receives = (changes: Parameters<typeof receiverFact>[0]): MemberFixture => ({
  ...standby('pg-test-2'),
  receiver: receiverFact(changes),
});

test('hardened: both ends agree', () => {
  const verdict = judge(primary, standby('pg-test-2'));
  expect(verdict.outcome).toBe('pass');
  expect(verdict.reason.zh).toBe('经核查，pg-test-2 从 pg-test-1 流复制，延迟均在阈值内，符合要求');
  expect(evidenceLines(verdict)).toEqual([
    'pg-test-1 standby, state, flushed and replayed within the limit=pg-test-2|streaming|t|t',
    'pg-test-2 receiver status, replayed within the limit, replay paused=streaming|t|f',
  ]);
});

test.each([
  ['weak: no receiver runs', [primaryOf(), { ...standby('x'), receiver: null }]],
  ['the receiver waits', [primary, receives({ status: 'waiting' })]],
  ['it streams from a server outside the cluster', [primaryOf(), standby('pg-test-2')]],
  ['the sender is still catching up', [sends({ state: 'catchup' }), standby('pg-test-2')]],
  [
    'WAL is not flushed, seen by the sender',
    [sends({ flushLagBytes: far, replayLagBytes: far }), standby('pg-test-2')],
  ],
  ['WAL is not replayed, seen by the sender', [sends({ replayLagBytes: far }), standby('pg-test-2')]],
  ['WAL is not replayed, seen by the receiver', [primary, receives({ replayLagBytes: far })]],
  ['replay is paused and far behind', [primary, receives({ replayPaused: true, replayLagBytes: far })]],
  [
    'two standbys under one name, one sender',
    [primaryOf('walreceiver'), standby('walreceiver'), standby('walreceiver')],
  ],
  ['the standby is silent and nobody sends to it', [primaryOf(), undefined]],
  ['two primaries and no standby', [primaryOf(), primaryOf()]],
] as const)('%s: fail', (_, members) => {
  expect(judge(...members).outcome).toBe('fail');
});

test('two standbys under one name and two senders are fine', () => {
  const verdict = judge(primaryOf('walreceiver', 'walreceiver'), standby('walreceiver'), standby('walreceiver'));
  expect(verdict.outcome).toBe('pass');
});

test('a standby may follow another standby', () => {
  const middle: MemberFixture = { ...standby('pg-test-2'), senders: [senderFact({ applicationName: 'pg-test-3' })] };
  const verdict = judge(primary, middle, standby('pg-test-3'));
  expect(verdict.outcome).toBe('pass');
  expect(verdict.reason.en).toBe('pg-test-2 streams from pg-test-1, pg-test-3 streams from pg-test-2');
});

test('a subscriber or a running base backup is no standby', () => {
  const busy: MemberFixture = {
    ...primary,
    senders: [senderFact({ logical: true }), senderFact({ state: 'backup' })],
  };
  expect(judge(busy, standby('pg-test-2')).outcome).toBe('fail');
});

test('paused replay without lag is a warning', () => {
  expect(judge(primary, receives({ replayPaused: true })).outcome).toBe('warn');
});

test('a standby delayed on purpose is judged by what it received', () => {
  const delayed: MemberFixture = {
    ...receives({ replayLagBytes: far }),
    settings: settingsFact({ recovery_min_apply_delay: '3600000' }),
  };
  expect(judge(sends({ replayLagBytes: far }), delayed).outcome).toBe('pass');
  expect(judge(sends({ flushLagBytes: far, replayLagBytes: far }), delayed).outcome).toBe('fail');
});

test('a silent member that someone sends to is not decided, a silent sender neither', () => {
  expect(judge(primary, undefined).outcome).toBe('undecided');
  expect(judge(undefined, standby('pg-test-2')).outcome).toBe('undecided');
});

test('a cluster of one has nothing to stream', () => {
  expect(judge(primaryOf()).outcome).toBe('not_applicable');
});

/** Receives from the main cluster and sends to these. */
const leaderOf = (...standbys: readonly string[]): MemberFixture => ({
  ...standby('pg-test-leader'),
  senders: primaryOf(...standbys).senders,
});

test.each([
  ['hardened: its leader receives from the main cluster', 'pass', [leaderOf('b'), standby('b')]],
  ['weak: its leader receives nothing', 'fail', [{ ...leaderOf('b'), receiver: null }, standby('b')]],
  [
    'weak: its leader is behind',
    'fail',
    [{ ...leaderOf('b'), receiver: receiverFact({ replayLagBytes: far }) }, standby('b')],
  ],
  ['weak: its second member bypasses the leader too', 'fail', [leaderOf(), standby('b')]],
] as const)('standby cluster, %s: %s', (_, outcome, members) => {
  const facts = { ...membersFact(...members), 'cluster.inventory': standbyClusterFact };
  expect(clusterReplicationStreaming.evaluate(facts, { maxLagBytes: 16_777_216 }, seenAt).outcome).toBe(outcome);
});

test('without a word of Patroni, which is there, a stream from elsewhere is not decided', () => {
  const facts = { ...membersFact(leaderOf('b'), standby('b')), 'cluster.inventory': silentPatroniFact };
  expect(clusterReplicationStreaming.evaluate(facts, { maxLagBytes: 16_777_216 }, seenAt).outcome).toBe('undecided');
});
