import { expect, test } from 'vitest';
import { hbaFact } from '../hba.fixture.ts';
import { databasesFact, role, rolesFact, secretsFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgHbaNoMd5 } from './pg-hba-no-md5.ts';

const judge = (lines: readonly string[], app: 'md5' | 'scram-sha-256' | 'unknown') =>
  pgHbaNoMd5.evaluate(
    {
      'pg.hba': hbaFact(...lines),
      'pg.roles': rolesFact([role('app'), role('ann')]),
      'pg.databases': databasesFact(['shop']),
      'pg.role-secrets': secretsFact({ ann: 'scram-sha-256', app, postgres: null }),
    },
    pgHbaNoMd5.params,
    seenAt,
  );

test('md5 for a role whose password is MD5 fails and names it', () => {
  const verdict = judge(['host all all 10.0.0.0/8 md5'], 'md5');
  expect(verdict.outcome).toBe('fail');
  expect(evidenceLines(verdict)).toEqual(['line 1=1|host|{all}|{all}|10.0.0.0|255.0.0.0|md5', 'role app=app|md5|']);
});

test('md5 that only meets SCRAM passwords runs SCRAM: a warning', () => {
  expect(judge(['host all all 10.0.0.0/8 md5'], 'scram-sha-256').outcome).toBe('warn');
});

test('an MD5 password that the rule never meets does not count', () => {
  expect(judge(['host all app all reject', 'host all all 10.0.0.0/8 md5'], 'md5').outcome).toBe('warn');
});

test('a password of unknown kind is not taken for SCRAM', () => {
  expect(judge(['host all all 10.0.0.0/8 md5'], 'unknown').outcome).toBe('fail');
});

test('no md5 rule passes, whatever is stored', () => {
  expect(judge(['host all all 10.0.0.0/8 scram-sha-256'], 'md5').outcome).toBe('pass');
});
