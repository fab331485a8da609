import { expect, test } from 'vitest';
import { hbaFact } from '../hba.fixture.ts';
import { databasesFact, role, rolesFact, secretsFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgPasswordlessLogin } from './pg-passwordless-login.ts';

const judge = (lines: readonly string[], kinds: Parameters<typeof secretsFact>[0]) =>
  pgPasswordlessLogin.evaluate(
    {
      'pg.role-secrets': secretsFact(kinds),
      'pg.hba': hbaFact(...lines),
      'pg.roles': rolesFact([role('app')]),
      'pg.databases': databasesFact(['shop']),
    },
    pgPasswordlessLogin.params,
    seenAt,
  );
const oneWithout = { app: 'scram-sha-256', postgres: null } as const;

test('a role without a password behind trust needs nothing at all: fail', () => {
  const verdict = judge(['local all postgres trust'], oneWithout);
  expect(verdict.outcome).toBe('fail');
  expect(evidenceLines(verdict)).toEqual(['line 1=1|local|{all}|{postgres}|||trust', 'role postgres=postgres||']);
});

test('one that meets a password method is a warning', () => {
  expect(judge(['local all all scram-sha-256'], oneWithout).outcome).toBe('warn');
});

test('one that only reaches peer passes', () => {
  expect(
    judge(
      ['local all postgres peer', 'local all app md5', 'host all postgres all reject', 'host all all all md5'],
      oneWithout,
    ).outcome,
  ).toBe('pass');
});

test('trust that others use is not its business', () => {
  expect(judge(['local all app trust'], oneWithout).outcome).toBe('pass');
});

test('when every role has a password there is nothing to reach', () => {
  expect(judge(['local all all trust'], { app: 'md5', postgres: 'scram-sha-256' }).outcome).toBe('pass');
});
