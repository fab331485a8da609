import { expect, test } from 'vitest';
import {
  membersFact,
  primaryOf,
  silentPatroniFact,
  standby,
  standbyClusterFact,
  type MemberFixture,
} from '../cluster.fixture.ts';
import { receiverFact } from '../server.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { clusterHotRedundancy } from './cluster-hot-redundancy.ts';

const judge = (...members: readonly (MemberFixture | undefined)[]) =>
  clusterHotRedundancy.evaluate(membersFact(...members), { minimum: 2, wanted: 3, maxLagBytes: 16_777_216 }, seenAt);

test.each([
  ['hardened: a primary and two standbys', 'pass', [primaryOf('b', 'c'), standby('b'), standby('c')]],
  ['two members', 'warn', [primaryOf('b'), standby('b')]],
  ['weak: a single server', 'fail', [primaryOf()]],
  ['a standby that does not stream', 'fail', [primaryOf(), { ...standby('b'), receiver: null }]],
  [
    'a receiver that waits',
    'fail',
    [primaryOf('b'), { ...standby('b'), receiver: receiverFact({ status: 'waiting' }) }],
  ],
  ['two primaries are no redundancy', 'fail', [primaryOf(), primaryOf()]],
  [
    'two primaries and one standby are still two healthy members at most',
    'warn',
    [primaryOf('c'), primaryOf(), standby('c')],
  ],
  ['standbys without a primary', 'fail', [standby('a'), standby('b'), standby('c')]],
  ['a silent standby that nobody sends to', 'fail', [primaryOf(), undefined]],
  ['a silent standby that is being sent to', 'undecided', [primaryOf('b'), undefined]],
  ['a silent primary and a standby that receives nothing', 'fail', [undefined, { ...standby('b'), receiver: null }]],
  ['a silent primary and a standby that streams', 'undecided', [undefined, standby('b')]],
  [
    'three proven healthy, whatever the fourth does',
    'pass',
    [primaryOf('b', 'c'), standby('b'), standby('c'), undefined],
  ],
] as const)('%s: %s', (_, outcome, members) => {
  expect(judge(...members).outcome).toBe(outcome);
});

const hidden = {
  status: 'unavailable',
  at: seenAt.at,
  code: 'permission_denied',
  message: 'grant pg_monitor',
} as const;

test('a standby whose receiver is hidden from the audit role is undecided, not missing', () => {
  const facts = membersFact(primaryOf('b'), standby('b'));
  const blind = {
    ...facts,
    'pg.replication': new Map(facts['pg.replication']).set('pg-test-1', hidden),
    'pg.wal-receiver': new Map(facts['pg.wal-receiver']).set('pg-test-2', hidden),
  };
  const verdict = clusterHotRedundancy.evaluate(blind, { minimum: 2, wanted: 3, maxLagBytes: 16_777_216 }, seenAt);
  expect(verdict.outcome).toBe('undecided');
});

/** Receives from the main cluster and sends to these. */
const leaderOf = (...standbys: readonly string[]): MemberFixture => ({
  ...standby('pg-test-leader'),
  senders: primaryOf(...standbys).senders,
});

test.each([
  [
    'hardened: its leader receives from the main cluster and two follow it',
    'pass',
    [leaderOf('b', 'c'), standby('b'), standby('c')],
  ],
  ['two members', 'warn', [leaderOf('b'), standby('b')]],
  ['weak: its leader alone', 'fail', [leaderOf()]],
  ['weak: its leader receives nothing', 'fail', [{ ...leaderOf('b'), receiver: null }, standby('b')]],
] as const)('standby cluster, %s: %s', (_, outcome, members) => {
  const facts = { ...membersFact(...members), 'cluster.inventory': standbyClusterFact };
  const params = { minimum: 2, wanted: 3, maxLagBytes: 16_777_216 };
  expect(clusterHotRedundancy.evaluate(facts, params, seenAt).outcome).toBe(outcome);
});

test('without a word of Patroni, which is there, standbys without a primary are not decided', () => {
  const facts = { ...membersFact(leaderOf('b'), standby('b')), 'cluster.inventory': silentPatroniFact };
  const params = { minimum: 2, wanted: 3, maxLagBytes: 16_777_216 };
  expect(clusterHotRedundancy.evaluate(facts, params, seenAt).outcome).toBe('undecided');
});
