import { expect, test } from 'vitest';
import { hbaFact } from '../hba.fixture.ts';
import { databasesFact, role, rolesFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgHbaNoDeadRules } from './pg-hba-no-dead-rules.ts';

const judge = (...lines: readonly string[]) =>
  pgHbaNoDeadRules.evaluate(
    {
      'pg.hba': hbaFact(...lines),
      'pg.roles': rolesFact([role('app'), role('ann')]),
      'pg.databases': databasesFact(['shop']),
    },
    pgHbaNoDeadRules.params,
    seenAt,
  );

test('a reject behind an allow that covers it fails: the denial is not in force', () => {
  const verdict = judge('host all all 0.0.0.0/0 scram-sha-256', 'host all app 10.0.0.0/8 reject');
  expect(verdict.outcome).toBe('fail');
  expect(verdict.reason.en).toBe('line 2: reject that never applies: line 1 lets in first');
  expect(evidenceLines(verdict)).toEqual(['line 2=2|host|{all}|{app}|10.0.0.0|255.0.0.0|reject']);
});

test('rules in the right order pass, with reject at the end', () => {
  expect(
    judge(
      'local all postgres peer',
      'host all ann 10.0.0.0/8 reject',
      'host all all 10.0.0.0/8 scram-sha-256',
      'host all,replication all all reject',
    ).outcome,
  ).toBe('pass');
});

test('an allow behind a reject, a repeated line and a role that is gone are warnings', () => {
  expect(judge('host all all all reject', 'host all app 10.0.0.0/8 md5').outcome).toBe('warn');
  expect(judge('host all app all md5', 'host all app all md5').outcome).toBe('warn');
  const gone = judge('host all former all md5');
  expect(gone.outcome).toBe('warn');
  expect(gone.reason.en).toContain('names no role or database that exists');
});

test('a reject that earlier rejects already do is a warning', () => {
  expect(judge('host all all all reject', 'host all app all reject').outcome).toBe('warn');
});

test('two rules that only together cover a third are both named', () => {
  const verdict = judge(
    'host all all 0.0.0.0/1 md5',
    'host all all 128.0.0.0/1 reject',
    'host all all 0.0.0.0/0 reject',
  );
  expect(verdict.outcome).toBe('fail');
  expect(verdict.reason.en).toContain('line 1, line 2');
});

test('a rule whose network the server alone knows is not called dead', () => {
  expect(judge('host all all samenet md5', 'host all all 10.0.0.0/8 reject').outcome).toBe('pass');
});
