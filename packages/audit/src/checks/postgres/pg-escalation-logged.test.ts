import { expect, test } from 'vitest';
import { role, rolesFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt, settingsFact } from '../settings.fixture.ts';
import { pgEscalationLogged as check } from './pg-escalation-logged.ts';

const judge = (settings: Readonly<Record<string, string>>, superusers: readonly string[] = []) =>
  check.evaluate(
    {
      'pg.settings': settingsFact({ shared_preload_libraries: '', log_statement: 'ddl', ...settings }),
      'pg.roles': rolesFact(superusers.map((name) => role(name, { superuser: true }))),
    },
    check.params,
    seenAt,
  );

test.each([
  [{ shared_preload_libraries: 'set_user' }, 'pass'],
  [{ shared_preload_libraries: 'pgaudit', 'pgaudit.log': 'ddl,misc_set' }, 'pass'],
  [{ shared_preload_libraries: 'pgaudit', 'pgaudit.log': 'ddl,role' }, 'warn'],
  [{ log_statement: 'all' }, 'pass'],
  [{}, 'warn'],
])('%j: %s', (settings, outcome) => {
  expect(judge(settings).outcome).toBe(outcome);
});

test('a superuser that logs in is named; that of Patroni has to', () => {
  const verdict = judge({ shared_preload_libraries: 'set_user' }, ['dba']);
  expect([verdict.outcome, verdict.reason.en]).toEqual(['warn', 'superusers log in directly: dba']);
  expect(evidenceLines(verdict).at(-1)).toBe('superusers that may log in=dba|t');
});

test('settings that are hidden leave it open', () => {
  const hidden = check.evaluate({ 'pg.settings': settingsFact({}), 'pg.roles': rolesFact([]) }, check.params, seenAt);
  expect(hidden.outcome).toBe('undecided');
});
