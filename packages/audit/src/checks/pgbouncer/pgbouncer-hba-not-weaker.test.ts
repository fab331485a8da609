import { expect, test } from 'vitest';
import { hbaFact } from '../hba.fixture.ts';
import { configFact, hbaFileFact } from '../pgbouncer.fixture.ts';
import { databasesFact, role, rolesFact } from '../roles.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { pgbouncerHbaNotWeaker } from './pgbouncer-hba-not-weaker.ts';

const path = '/etc/pgbouncer/pgb_hba.conf';
const judge = (pooler: string | undefined, server: readonly string[], changes: Readonly<Record<string, string>> = {}) =>
  pgbouncerHbaNotWeaker.evaluate(
    {
      'pgbouncer.config': configFact({ auth_type: 'hba', auth_hba_file: path, ...changes }),
      'node.pgbouncer-hba': pooler === undefined ? null : hbaFileFact(pooler),
      'pg.hba': hbaFact('local all all scram-sha-256', ...server),
      'pg.roles': rolesFact([role('app')]),
      'pg.databases': databasesFact(['shop']),
    },
    {},
    seenAt,
  );
const strict = ['hostssl shop app 10.0.0.0/8 scram-sha-256'];

test('rules like the server’s pass', () => {
  expect(judge('hostssl shop app 10.0.0.0/8 scram-sha-256\n', strict).outcome).toBe('pass');
});

test.each([
  ['host all app all scram-sha-256\n', 'whom the server refuses'],
  ['host shop app 10.0.0.0/8 scram-sha-256\n', 'without the TLS that the server demands'],
  ['hostssl shop postgres 10.0.0.0/8 scram-sha-256\n', 'as a superuser'],
])('%j fails', (pooler, reason) => {
  const verdict = judge(pooler, strict);
  expect(verdict.outcome).toBe('fail');
  expect(verdict.reason.en).toContain(reason);
});

test('auth_type alone admits from everywhere', () => {
  const verdict = judge(undefined, strict, { auth_type: 'scram-sha-256', client_tls_sslmode: 'require' });
  expect(verdict.outcome).toBe('fail');
  expect(verdict.reason.en).toContain('auth_type scram-sha-256 lets');
});

test('other rules than those that run decide nothing, and a socket is no network', () => {
  expect(judge('', strict, { auth_hba_file: '/elsewhere' }).outcome).toBe('undecided');
  expect(judge('host all all all trust\n', strict, { listen_addr: '127.0.0.1' }).outcome).toBe('pass');
});
