import { expect, test } from 'vitest';
import { hbaFact } from '../hba.fixture.ts';
import { databasesFact, role, rolesFact } from '../roles.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { pgHbaNotBroad } from './pg-hba-not-broad.ts';

const judge = (...lines: readonly string[]) =>
  pgHbaNotBroad.evaluate(
    {
      'pg.hba': hbaFact(...lines),
      'pg.roles': rolesFact([role('app')]),
      'pg.databases': databasesFact(['shop']),
    },
    pgHbaNotBroad.params,
    seenAt,
  ).outcome;

test.each([
  ['host all all 0.0.0.0/0 scram-sha-256', 'fail'],
  ['hostssl all all all cert', 'fail'],
  ['host all all ::/0 scram-sha-256', 'fail'],
  ['host all all 128.0.0.0/1 scram-sha-256', 'fail'],
  ['host shop all 0.0.0.0/0 scram-sha-256', 'warn'],
  ['host shop app 0.0.0.0/0 scram-sha-256', 'warn'],
  ['host shop app 10.0.0.0/8 scram-sha-256', 'warn'],
  ['host shop app fd00::/32 scram-sha-256', 'warn'],
  ['host shop app samenet scram-sha-256', 'warn'],
  ['host shop app .example.com scram-sha-256', 'warn'],
  ['host all all 10.0.0.0/24 scram-sha-256', 'warn'],
  ['host all app 10.0.0.0/24 scram-sha-256', 'pass'],
  ['host shop all 10.0.0.0/24 scram-sha-256', 'pass'],
  ['host shop app db.example scram-sha-256', 'pass'],
  ['host all all samehost scram-sha-256', 'pass'],
  ['host all all 127.0.0.0/8 scram-sha-256', 'pass'],
  ['host all all ::1/128 scram-sha-256', 'pass'],
  ['local all all scram-sha-256', 'pass'],
  ['host all all 0.0.0.0/0 reject', 'pass'],
])('%s: %s', (line, outcome) => {
  expect(judge(line)).toBe(outcome);
});

test('a broad rule behind a covering reject admits nobody', () => {
  expect(judge('host all all all reject', 'host all all 0.0.0.0/0 md5')).toBe('pass');
});
