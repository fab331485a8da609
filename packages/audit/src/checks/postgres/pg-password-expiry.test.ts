import { expect, test } from 'vitest';
import { role, rolesFact, secretsFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgPasswordExpiry } from './pg-password-expiry.ts';

const judge = (roles: Parameters<typeof rolesFact>[0], params = {}, without: readonly string[] = ['postgres']) =>
  pgPasswordExpiry.evaluate(
    {
      'pg.roles': rolesFact(roles),
      'pg.role-secrets': secretsFact(
        Object.fromEntries(
          rolesFact(roles).roles.map(({ name }) => [name, without.includes(name) ? null : ('scram-sha-256' as const)]),
        ),
      ),
    },
    { ...pgPasswordExpiry.params, ...params },
    seenAt,
  );

test.each([
  [null, 'fail'],
  ['infinity', 'fail'],
  ['2027-11-21T12:00:00', 'fail'],
  ['2027-05-20T12:00:00', 'warn'],
  ['2027-02-19T12:00:00', 'pass'],
  ['2020-01-01T00:00:00', 'pass'],
])('a password until %s: %s', (validUntil, outcome) => {
  const verdict = judge([role('ann', { validUntil })]);
  expect(verdict.outcome).toBe(outcome);
  expect(evidenceLines(verdict)).toEqual([`role ann=ann|${validUntil ?? ''}`]);
});

test('service roles, and those that replicate, are a warning; an exemption passes', () => {
  expect(judge([role('app')], { serviceRoles: ['app'] }).outcome).toBe('warn');
  expect(judge([role('replicator', { replication: true })]).outcome).toBe('warn');
  expect(
    judge([role('app'), role('ann', { validUntil: '2026-12-01T00:00:00' })], { exemptRoles: ['app'] }).outcome,
  ).toBe('pass');
});

test('a role without a password needs no end; when none has one it does not apply', () => {
  expect(judge([role('ann')], {}, ['ann', 'postgres']).outcome).toBe('not_applicable');
});
