import { expect, test } from 'vitest';
import { secretsFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgRoleSecretsScram } from './pg-role-secrets-scram.ts';

const judge = (kinds: Parameters<typeof secretsFact>[0]) =>
  pgRoleSecretsScram.evaluate({ 'pg.role-secrets': secretsFact(kinds) }, pgRoleSecretsScram.params, seenAt);

test('an MD5 password fails, with a statement that quotes the name and prints the kind only', () => {
  const verdict = judge({ [`o'neill`]: 'md5', ann: 'scram-sha-256' });
  expect(verdict.outcome).toBe('fail');
  expect(evidenceLines(verdict)).toEqual([`role o'neill=o'neill|md5|`]);
  expect(verdict.evidence[0]?.sql).toContain(`WHERE rolname = 'o''neill'`);
  expect(verdict.evidence[0]?.sql).not.toMatch(/SELECT [^(]*rolpassword,/u);
});

test('a verifier of unknown kind fails', () => {
  expect(judge({ app: 'unknown' }).outcome).toBe('fail');
});

test('SCRAM and no password pass', () => {
  const verdict = judge({ ann: 'scram-sha-256', app: 'scram-sha-256', postgres: null });
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toEqual(['password kinds=scram-sha-256|2\n|1']);
});

test('more than twenty weak roles are counted in the reason and cut in the evidence', () => {
  const verdict = judge(Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`r${index}`, 'md5' as const])));
  expect(verdict.reason.en).toContain('30 of 30');
  expect(verdict.evidence).toHaveLength(20);
});
