import { expect, test } from 'vitest';
import { perMember } from '../patroni.fixture.ts';
import { serverFact } from '../server.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { clusterLogicalSlots } from './cluster-logical-slots.ts';

const slot = (name: string, logical = true) => ({
  name,
  logical,
  active: true,
  walStatus: 'reserved',
  invalidationReason: null,
  retainedBytes: 0,
  inactiveSince: null,
  synced: false,
});
const judge = (expendable: string[], ...members: readonly (readonly ReturnType<typeof slot>[] | undefined)[]) =>
  clusterLogicalSlots.evaluate(
    {
      'pg.slots': perMember('', ...members),
      'pg.server': perMember('', ...members.map((_, index) => serverFact({ inRecovery: index > 0 }))),
    },
    { expendable },
    seenAt,
  );

test.each([
  ['hardened: a copy on every member', 'pass', [[slot('cdc')], [slot('cdc'), slot('pg_test_1', false)]]],
  ['weak: none', 'fail', [[slot('cdc')], []]],
  ['a physical slot of that name is no copy', 'fail', [[slot('cdc')], [slot('cdc', false)]]],
  ['no subscriber', 'not_applicable', [[slot('pg_test_2', false)], []]],
  ['a member out of sight', 'undecided', [[slot('cdc')], [slot('cdc')], undefined]],
  ['the primary out of sight', 'undecided', [undefined, [slot('cdc')]]],
  ['alone', 'not_applicable', [[slot('cdc')]]],
] as const)('%s: %s', (_, outcome, members) => {
  expect(judge([], ...members).outcome).toBe(outcome);
});

test('a slot that may be lost is left out', () => {
  expect(judge(['cdc'], [slot('cdc')], []).outcome).toBe('not_applicable');
});
