import { expect, test } from 'vitest';
import { membersFact, primaryOf, standby, type MemberFixture } from '../cluster.fixture.ts';
import { senderFact } from '../server.fixture.ts';
import { evidenceLines, seenAt, settingsFact, unreachable } from '../settings.fixture.ts';
import { clusterSyncMode } from './cluster-sync-mode.ts';

const primary = (names: string, commit: string, syncState: string | undefined): MemberFixture => ({
  ...primaryOf(),
  senders: syncState === undefined ? [] : [senderFact({ syncState })],
  settings: settingsFact({ synchronous_standby_names: names, synchronous_commit: commit }),
});
const judge = (rpo: string, ...members: readonly (MemberFixture | undefined)[]) =>
  clusterSyncMode.evaluate(membersFact(...members), { rpo }, seenAt);

test.each([
  ['zero', 'hardened: a synchronous standby streams', 'pass', '"pg-test-2"', 'on', 'sync'],
  ['zero', 'a quorum', 'pass', 'ANY 1 (a, b)', 'remote_apply', 'quorum'],
  ['zero', 'weak: asynchronous', 'fail', '', 'on', 'async'],
  ['zero', 'asked for, but nobody is there', 'fail', '"pg-test-2"', 'on', undefined],
  ['zero', 'commits that do not wait', 'fail', '"pg-test-2"', 'local', 'sync'],
  ['zero', 'commits that wait for memory only', 'warn', '"pg-test-2"', 'remote_write', 'sync'],
  ['async-allowed', 'asynchronous', 'pass', '', 'on', 'async'],
  ['async-allowed', 'synchronous all the same', 'pass', '"pg-test-2"', 'on', 'sync'],
  ['async-allowed', 'commits hang on a standby that is gone', 'warn', '"pg-test-2"', 'on', undefined],
] as const)('rpo %s, %s: %s', (rpo, _, outcome, names, commit, syncState) => {
  expect(judge(rpo, primary(names, commit, syncState), standby('pg-test-2')).outcome).toBe(outcome);
});

test('the primary alone decides, so a silent standby does not matter', () => {
  const verdict = judge('async-allowed', primary('', 'on', undefined), undefined);
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toEqual([
    'pg-test-1 synchronous_standby_names=',
    'pg-test-1 synchronous_commit=on',
    'pg-test-1 synchronous standbys streaming now=0',
  ]);
});

test('without exactly one primary in sight it is not decided', () => {
  expect(judge('zero', undefined, standby('pg-test-2')).outcome).toBe('undecided');
  const one = primary('', 'on', undefined);
  expect(judge('async-allowed', one, one).outcome).toBe('undecided');
});

test('a primary that does not show its settings or its standbys is named, and not counted as unseen', () => {
  const facts = membersFact(primary('', 'on', 'sync'), standby('pg-test-2'));
  const mute = { ...facts, 'pg.settings': new Map([['pg-test-1', unreachable]]) };
  const verdict = clusterSyncMode.evaluate(mute, { rpo: 'zero' }, seenAt);
  expect([verdict.outcome, verdict.reason.en]).toEqual([
    'undecided',
    'pg-test-1 is the primary, and what it says of pg.settings was not seen',
  ]);
});

test('a commit mode set for the audit role alone decides nothing, and the evidence names the primary', () => {
  const own: MemberFixture = {
    ...primaryOf(),
    settings: settingsFact(
      { synchronous_standby_names: '', synchronous_commit: 'on' },
      { synchronous_commit: { source: 'user' } },
    ),
  };
  const verdict = judge('zero', own, standby('pg-test-2'));
  expect(verdict.outcome).toBe('undecided');
  expect(evidenceLines(verdict)).toEqual(['pg-test-1 synchronous_commit source=user']);
});
