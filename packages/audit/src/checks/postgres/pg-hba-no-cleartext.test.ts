import { expect, test } from 'vitest';
import { hbaFact } from '../hba.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgHbaNoCleartext } from './pg-hba-no-cleartext.ts';

const judge = (...lines: readonly string[]) =>
  pgHbaNoCleartext.evaluate({ 'pg.hba': hbaFact(...lines) }, pgHbaNoCleartext.params, seenAt);

test.each([
  ['host all all 10.0.0.0/8 password', 'fail'],
  ['hostnossl all all 10.0.0.0/8 pam', 'fail'],
  ['host all all 127.0.0.1/32 password', 'warn'],
  ['local all all password', 'warn'],
  ['hostssl all all 10.0.0.0/8 pam', 'warn'],
  ['hostssl all all 10.0.0.0/8 radius', 'warn'],
  ['hostssl all all 10.0.0.0/8 ldap ldapserver=ldap', 'fail'],
  ['hostssl all all 10.0.0.0/8 ldap ldaptls=true', 'warn'],
  ['hostssl all all 10.0.0.0/8 ldap ldapscheme=ldaps', 'warn'],
  ['host all all 10.0.0.0/8 ldap ldapscheme=ldaps', 'fail'],
  ['hostssl all all 10.0.0.0/8 scram-sha-256', 'pass'],
  ['host all all 10.0.0.0/8 md5', 'pass'],
])('%s: %s', (line, outcome) => {
  expect(judge(line).outcome).toBe(outcome);
});

test('the options of an ldap rule are evidence, its bind password is not', () => {
  const verdict = judge('hostssl all all all ldap ldapserver=ldap ldapbindpasswd=***');
  expect(evidenceLines(verdict)).toEqual(['line 1=1|hostssl|{all}|{all}|all||ldap|{}']);
});

test('the worst rule decides and comes first', () => {
  const verdict = judge('local all all password', 'host all all all password');
  expect(verdict.outcome).toBe('fail');
  expect(verdict.reason.en).toMatch(/^line 2: .*; line 1: /u);
});
