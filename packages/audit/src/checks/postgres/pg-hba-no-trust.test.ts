import { expect, test } from 'vitest';
import { hbaFact } from '../hba.fixture.ts';
import { databasesFact, role, rolesFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt, settingsFact } from '../settings.fixture.ts';
import { pgHbaNoTrust } from './pg-hba-no-trust.ts';

const judge = (lines: readonly string[], socketMode = '0777') =>
  pgHbaNoTrust.evaluate(
    {
      'pg.hba': hbaFact(...lines),
      'pg.roles': rolesFact([role('app')]),
      'pg.databases': databasesFact(['shop']),
      'pg.settings': settingsFact({ unix_socket_permissions: socketMode }),
    },
    pgHbaNoTrust.params,
    seenAt,
  );

test('what initdb writes without --auth fails, line by line', () => {
  const verdict = judge([
    'local all all trust',
    'host all all 127.0.0.1/32 trust',
    'host replication all ::1/128 trust',
  ]);
  expect(verdict.outcome).toBe('fail');
  expect(evidenceLines(verdict)).toEqual([
    'line 1=1|local|{all}|{all}|||trust',
    'line 2=2|host|{all}|{all}|127.0.0.1|255.255.255.255|trust',
    'line 3=3|host|{replication}|{all}|::1|ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff|trust',
  ]);
});

test('rules that authenticate pass and show the methods', () => {
  const verdict = judge(['local all postgres peer', 'hostssl shop app 10.0.0.0/24 scram-sha-256']);
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toEqual(['methods=peer|1\nscram-sha-256|1']);
});

test('trust behind a reject that answers first is a warning: it is one edit away', () => {
  const verdict = judge(['host all all all reject', 'host all app 10.0.0.0/8 trust']);
  expect(verdict.outcome).toBe('warn');
  expect(verdict.reason.en).toContain('an earlier rule answers first');
});

test('reject behind the trust does not help', () => {
  expect(judge(['host all app 10.0.0.0/8 trust', 'host all all all reject']).outcome).toBe('fail');
});

test('trust for a role that does not exist is a warning', () => {
  expect(judge(['host all former 10.0.0.0/8 trust']).outcome).toBe('warn');
});

test('trust on a socket that only its owner opens is a warning', () => {
  expect(judge(['local all all trust'], '0700').outcome).toBe('warn');
});

test('trust for the superuser on a socket that everyone opens fails: any account becomes superuser', () => {
  expect(judge(['local all postgres trust'], '0777').outcome).toBe('fail');
  expect(judge(['local all postgres trust'], '0770').outcome).toBe('fail');
});
