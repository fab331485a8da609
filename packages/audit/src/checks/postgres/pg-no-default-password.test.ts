import { expect, test } from 'vitest';
import { knownPassword, passwordsFact } from '../passwords.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgNoDefaultPassword } from './pg-no-default-password.ts';

const judge = (...args: Parameters<typeof passwordsFact>) =>
  pgNoDefaultPassword.evaluate({ 'pg.known-passwords': passwordsFact(...args) }, {}, seenAt);

test.each([
  ['nothing known', null, 'pass'],
  ['published', 'pigsty pg_admin_password', 'fail'],
  ['frequent', 'dictionary', 'fail'],
  ['its own name', 'made of the role name', 'fail'],
])('%s', (_, known, outcome) => {
  expect(judge([knownPassword('app'), knownPassword('dba', { known })]).outcome).toBe(outcome);
});

test('the role is named, and what was compared is counted', () => {
  const verdict = judge([knownPassword('dba', { known: 'pigsty pg_admin_password' })]);
  expect(verdict.reason.en).toBe('the password of dba is published (pigsty pg_admin_password)');
  expect(evidenceLines(verdict)).toEqual(['login roles with a stored password=1']);
});

test('a standby is judged at its primary, and roles that were not compared are not fine', () => {
  expect(judge([], { isCopy: true }).outcome).toBe('not_applicable');
  expect(judge([knownPassword('app')], { untried: ['other'] }).outcome).toBe('undecided');
});
