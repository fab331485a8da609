import { expect, test } from 'vitest';
import { role, rolesFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt, settingsFact } from '../settings.fixture.ts';
import { pgRoleSettingsNotWeakened } from './pg-role-settings-not-weakened.ts';

const judge = (changes: Parameters<typeof rolesFact>[1]) =>
  pgRoleSettingsNotWeakened.evaluate(
    {
      'pg.roles': rolesFact([role('app')], changes),
      'pg.settings': settingsFact({ log_statement: 'ddl' }),
    },
    pgRoleSettingsNotWeakened.params,
    seenAt,
  );
const bound = (name: string, value: string, changes = {}) => ({ database: null, role: 'app', name, value, ...changes });

test('a role whose statements go unlogged fails', () => {
  const verdict = judge({ settings: [bound('log_statement', 'none', { database: 'shop' })] });
  expect(verdict.outcome).toBe('fail');
  expect(evidenceLines(verdict)).toEqual(['role app in database shop: log_statement=shop|app|log_statement=none']);
});

test('a value for a whole database is found in the statement by its missing role', () => {
  const verdict = judge({ settings: [bound('log_statement', 'none', { database: 'shop', role: null })] });
  expect(verdict.evidence[0]?.sql).toMatch(/d\.datname = 'shop' AND r\.rolname IS NULL$/u);
});

test.each([
  ['SET', 'log_statement', 'app', 'fail'],
  ['ALTER SYSTEM', 'pgaudit.log', null, 'fail'],
  ['SET', 'work_mem', 'app', 'pass'],
  ['ALTER SYSTEM', 'log_statement', 'postgres', 'pass'],
])('GRANT %s ON PARAMETER %s TO %s: %s', (privilege, parameter, grantee, outcome) => {
  expect(judge({ parameterGrants: [{ parameter, grantee, privilege }] }).outcome).toBe(outcome);
});

test('a search_path of a superuser is a warning, of another role it is usual', () => {
  expect(judge({ settings: [bound('search_path', 'evil, public', { role: 'postgres' })] }).outcome).toBe('warn');
  expect(judge({ settings: [bound('search_path', 'shop, public')] }).outcome).toBe('pass');
});

test('overrides that do not weaken pass and are counted', () => {
  const verdict = judge({ settings: [bound('log_statement', 'all'), bound('work_mem', '1GB')] });
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toEqual(['overrides of watched settings=1']);
});
