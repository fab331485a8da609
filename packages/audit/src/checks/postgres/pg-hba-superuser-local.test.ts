import { expect, test } from 'vitest';
import { hbaFact } from '../hba.fixture.ts';
import { databasesFact, role, rolesFact, secretsFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgHbaSuperuserLocal } from './pg-hba-superuser-local.ts';

const roles = rolesFact([role('dba', { superuser: true }), role('app'), role('ops', { canLogin: false })], {
  memberships: [{ role: 'ops', member: 'dba' }],
});

const judge = (lines: readonly string[], adminNetworks: readonly string[] = []) =>
  pgHbaSuperuserLocal.evaluate(
    {
      'pg.hba': hbaFact(...lines),
      'pg.roles': roles,
      'pg.databases': databasesFact(['shop']),
      'pg.role-secrets': secretsFact({ app: 'scram-sha-256', dba: 'scram-sha-256', postgres: null }),
    },
    { ...pgHbaSuperuserLocal.params, adminNetworks },
    seenAt,
  );

test('what Pigsty ships, administrators from the world over TLS, fails on the source', () => {
  const verdict = judge(['local all postgres ident', 'hostssl all dba 0.0.0.0/0 scram-sha-256']);
  expect(verdict.outcome).toBe('fail');
  expect(evidenceLines(verdict)).toEqual(['line 2=2|hostssl|{all}|{dba}|0.0.0.0|0.0.0.0|scram-sha-256']);
});

test('peer on the socket and reject elsewhere pass', () => {
  expect(judge(['local all postgres peer', 'host all +ops all reject', 'host all all all scram-sha-256']).outcome).toBe(
    'pass',
  );
});

test('a rule for everybody admits superusers too', () => {
  expect(judge(['hostssl all all 10.0.0.0/8 scram-sha-256']).outcome).toBe('fail');
  expect(judge(['host replication all 10.0.0.0/24 scram-sha-256']).outcome).toBe('fail');
});

test('so does one for a group', () => {
  expect(judge(['hostssl all +ops 10.0.9.0/24 scram-sha-256']).reason.en).toContain('dba');
});

test('a network without TLS fails even when it is declared', () => {
  expect(judge(['host all dba 10.0.9.0/24 scram-sha-256'], ['10.0.9.0/24']).outcome).toBe('fail');
});

test('a narrow TLS path is a warning until its network is declared', () => {
  const lines = ['hostssl all dba 10.0.9.0/24 scram-sha-256'];
  expect(judge(lines).outcome).toBe('warn');
  expect(judge(lines, ['10.0.9.0/24']).outcome).toBe('pass');
  expect(judge(lines, ['10.0.9.0/25']).outcome).toBe('warn');
});

test('a superuser without a password cannot use a password rule, but can use cert and trust', () => {
  expect(judge(['host all postgres 0.0.0.0/0 scram-sha-256']).outcome).toBe('pass');
  expect(judge(['hostssl all postgres 0.0.0.0/0 cert']).outcome).toBe('fail');
  expect(judge(['host all postgres 10.0.0.1/32 trust']).outcome).toBe('fail');
});

test('a reject that is only for plain connections leaves the TLS path', () => {
  expect(judge(['hostnossl all all all reject', 'host all dba 10.0.0.0/8 md5']).outcome).toBe('fail');
  expect(judge(['hostnossl all all all reject', 'host all dba 10.0.9.0/24 md5']).outcome).toBe('warn');
});

test('the loopback address is the machine itself', () => {
  expect(judge(['host all all 127.0.0.1/32 scram-sha-256', 'host all all ::1/128 md5']).outcome).toBe('pass');
});
