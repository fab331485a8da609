import { expect, test } from 'vitest';
import { hbaFact } from '../hba.fixture.ts';
import { databasesFact, role, rolesFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgRoleNotExpired } from './pg-role-not-expired.ts';

const judge = (roles: Parameters<typeof rolesFact>[0], ...lines: readonly string[]) =>
  pgRoleNotExpired.evaluate(
    { 'pg.roles': rolesFact(roles), 'pg.hba': hbaFact(...lines), 'pg.databases': databasesFact(['shop']) },
    pgRoleNotExpired.params,
    seenAt,
  );
const former = role('former', { validUntil: '2026-11-21T11:59:59' });

test('an expired role that gets in by peer fails', () => {
  const verdict = judge([former], 'local all all peer');
  expect(verdict.outcome).toBe('fail');
  expect(evidenceLines(verdict)).toEqual([
    'role former=former|t|2026-11-21T11:59:59',
    'line 1=1|local|{all}|{all}|||peer',
  ]);
});

test('one that only meets password rules is a warning', () => {
  expect(judge([former], 'host all all 10.0.0.0/8 scram-sha-256', 'local all all reject').outcome).toBe('warn');
});

test('one that cannot log in, one that ends later and one that never ends pass', () => {
  const verdict = judge(
    [
      role('later', { validUntil: '2026-11-21T12:00:01' }),
      role('locked', { canLogin: false, validUntil: '2020-01-01T00:00:00' }),
      role('never', { validUntil: 'infinity' }),
    ],
    'local all all trust',
  );
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toEqual([
    'login roles with an expiry date=later|t|2026-11-21T12:00:01\nnever|t|infinity',
  ]);
});
