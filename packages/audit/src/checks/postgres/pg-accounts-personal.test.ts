import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { role, rolesFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgAccountsPersonal as check } from './pg-accounts-personal.ts';

type Sessions = FactMap['pg.sessions'][number];
const from = (address: string, user = 'u_anna'): Sessions => ({
  user,
  superuser: false,
  address,
  isLocal: false,
  application: 'psql',
  count: 1,
  oldestSince: '2026-11-21T11:59:00Z',
});
const judge = (sessions: readonly Sessions[], persons = '^u_') =>
  check.evaluate(
    { 'pg.roles': rolesFact([role('u_anna'), role('app')]), 'pg.sessions': sessions },
    { ...check.params, persons },
    seenAt,
  );

test.each([
  ['one host', [from('10.0.0.1')], 'pass'],
  ['two hosts', [from('10.0.0.1'), from('10.0.0.2')], 'warn'],
  ['three hosts', [from('10.0.0.1'), from('10.0.0.2'), from('10.0.0.3')], 'fail'],
  ['an application on three hosts', ['1', '2', '3'].map((end) => from(`10.0.0.${end}`, 'app')), 'pass'],
] as const)('%s', (_, sessions, outcome) => {
  expect(judge(sessions).outcome).toBe(outcome);
});

test('without a declaration a person decides', () => {
  const verdict = judge([from('10.0.0.1')], '');
  expect(verdict.outcome).toBe('manual');
  expect(verdict.reason.en).toContain('params.pg-accounts-personal.persons');
  expect(evidenceLines(verdict)).toEqual(['roles that may log in=3']);
});
