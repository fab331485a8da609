import { expect, test } from 'vitest';
import { membersFact, primaryOf, standby, type MemberFixture } from '../cluster.fixture.ts';
import { evidenceLines, seenAt, settingsFact } from '../settings.fixture.ts';
import { clusterSettingsSymmetrical } from './cluster-settings-symmetrical.ts';

const values = {
  max_connections: '100',
  max_locks_per_transaction: '64',
  max_prepared_transactions: '0',
  max_wal_senders: '10',
  max_worker_processes: '8',
  shared_preload_libraries: 'pg_stat_statements',
  wal_level: 'logical',
};
const primary: MemberFixture = { ...primaryOf('b'), settings: settingsFact(values) };
const replica = (changes: Readonly<Record<string, string>> = {}): MemberFixture => ({
  ...standby('b'),
  settings: settingsFact({ ...values, ...changes }),
});
const judge = (...members: readonly MemberFixture[]) =>
  clusterSettingsSymmetrical.evaluate(membersFact(...members), {}, seenAt);

test('hardened: equal, or higher on the standby', () => {
  expect(judge(primary, replica()).outcome).toBe('pass');
  const verdict = judge(primary, replica({ max_connections: '200' }));
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)[1]).toContain('pg-test-2 settings of hot standby=max_connections|200\n');
});

test.each(['max_connections', 'max_locks_per_transaction', 'max_wal_senders', 'max_worker_processes'])(
  'weak: %s lower on the standby',
  (name) => {
    expect(judge(primary, replica({ [name]: '1' })).outcome).toBe('fail');
  },
);

test('numbers compare as numbers, not as text', () => {
  expect(judge(primary, replica({ max_connections: '1000' })).outcome).toBe('pass');
  expect(judge(primary, replica({ max_connections: '99' })).outcome).toBe('fail');
});

test('other preloaded libraries are a warning', () => {
  expect(judge(primary, replica({ shared_preload_libraries: '' })).outcome).toBe('warn');
});

test('one member has no one to compare with; two primaries cannot be told apart', () => {
  expect(judge(primary).outcome).toBe('not_applicable');
  expect(judge(primary, primary).outcome).toBe('undecided');
});
