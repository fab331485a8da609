import { expect, test } from 'vitest';
import { hbaFact } from '../hba.fixture.ts';
import { databasesFact, role, rolesFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt, settingsFact } from '../settings.fixture.ts';
import { pgUnixSocketLimited } from './pg-unix-socket-limited.ts';

const judge = (mode: string, lines: readonly string[], directories = '/var/run/postgresql') =>
  pgUnixSocketLimited.evaluate(
    {
      'pg.settings': settingsFact({ unix_socket_permissions: mode, unix_socket_directories: directories }),
      'pg.hba': hbaFact(...lines),
      'pg.roles': rolesFact([role('app')]),
      'pg.databases': databasesFact(['shop']),
    },
    pgUnixSocketLimited.params,
    seenAt,
  );

test.each([
  ['0777', 'local all all trust', 'fail'],
  ['0700', 'local all all trust', 'warn'],
  ['0777', 'local all all scram-sha-256', 'warn'],
  ['0770', 'local all all scram-sha-256', 'pass'],
  ['0777', 'local all all peer', 'pass'],
  ['0777', 'host all all 127.0.0.1/32 trust', 'pass'],
])('%s with %s: %s', (mode, line, outcome) => {
  expect(judge(mode, [line]).outcome).toBe(outcome);
});

test('trust that is never reached does not count', () => {
  expect(judge('0777', ['local all,replication all peer', 'local all app trust']).outcome).toBe('pass');
});

test('a pass shows mode, place and rules', () => {
  expect(evidenceLines(judge('0700', ['local all postgres peer']))).toEqual([
    'unix_socket_permissions=0700',
    'unix_socket_directories=/var/run/postgresql',
    'line 1=1|local|{all}|{postgres}|||peer',
  ]);
});

test('without a socket it does not apply', () => {
  expect(judge('0777', ['local all all trust'], '').outcome).toBe('not_applicable');
});

test('a socket directory that the role may not see is not a server without a socket', () => {
  const verdict = pgUnixSocketLimited.evaluate(
    {
      'pg.settings': settingsFact({ unix_socket_permissions: '0777' }),
      'pg.hba': hbaFact('local all all trust'),
      'pg.roles': rolesFact([role('app')]),
      'pg.databases': databasesFact(['shop']),
    },
    pgUnixSocketLimited.params,
    seenAt,
  );
  expect(verdict.outcome).toBe('undecided');
  expect(verdict.reason.en).toContain('unix_socket_directories');
});
