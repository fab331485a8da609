import { expect, test } from 'vitest';
import { knownPassword, passwordsFact } from '../passwords.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgPasswordsNotShared } from './pg-passwords-not-shared.ts';

const judge = (...args: Parameters<typeof passwordsFact>) =>
  pgPasswordsNotShared.evaluate({ 'pg.known-passwords': passwordsFact(...args) }, {}, seenAt);
const auditor = knownPassword('auditor', { isAuditors: true });

test.each([
  ['each its own', [knownPassword('app'), knownPassword('dba'), auditor], 'pass'],
  [
    'a copied verifier',
    [knownPassword('app', { fingerprint: 'x' }), knownPassword('dba', { fingerprint: 'x' })],
    'fail',
  ],
  [
    'two with one published password',
    [knownPassword('app', { known: 'admin' }), knownPassword('dba', { known: 'admin' })],
    'fail',
  ],
  ['the password of the audit role', [auditor, knownPassword('dba', { isAuditors: true })], 'fail'],
  [
    'MD5, of which nothing is known',
    [knownPassword('a', { fingerprint: null }), knownPassword('b', { fingerprint: null })],
    'pass',
  ],
] as const)('%s', (_, roles, outcome) => {
  expect(judge(roles).outcome).toBe(outcome);
});

test('verifiers are counted, not shown', () => {
  expect(evidenceLines(judge([knownPassword('app'), knownPassword('dba')]))).toEqual([
    'login roles with a stored password=2',
    'different SCRAM verifiers=2',
  ]);
});

test('a standby is judged at its primary, and roles that were not compared are not fine', () => {
  expect(judge([], { isCopy: true }).outcome).toBe('not_applicable');
  expect(judge([knownPassword('app')], { untried: ['other'] }).outcome).toBe('undecided');
});
