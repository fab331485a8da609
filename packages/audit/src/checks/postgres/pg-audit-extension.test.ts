import { expect, test } from 'vitest';
import { seenAt, settingsFact } from '../settings.fixture.ts';
import { pgAuditExtension } from './pg-audit-extension.ts';

const judge = (
  settings: Readonly<Record<string, string>>,
  version: string | undefined = '18.0',
  params: { required: string[]; wanted: string[] } = { required: ['role', 'ddl'], wanted: ['write'] },
) =>
  pgAuditExtension.evaluate(
    {
      'pg.settings': settingsFact(settings),
      'pg.extensions': version === '' ? [] : [{ name: 'pgaudit', version, availableVersion: version }],
    },
    params,
    seenAt,
  );
const loaded = { shared_preload_libraries: 'pg_stat_statements, pgaudit', 'pgaudit.role': '' };

test.each([
  ['hardened', 'pass', { ...loaded, 'pgaudit.log': 'role, ddl, write' }, '18.0'],
  [
    'an object audit role covers writes',
    'pass',
    { ...loaded, 'pgaudit.log': 'role, ddl', 'pgaudit.role': 'auditor' },
    '18.0',
  ],
  ['weak: not loaded', 'fail', { shared_preload_libraries: 'pg_stat_statements' }, ''],
  ['loaded but logging nothing', 'fail', { ...loaded, 'pgaudit.log': 'none' }, '18.0'],
  ['writes are left out', 'warn', { ...loaded, 'pgaudit.log': 'role, ddl' }, '18.0'],
  ['the extension was never created', 'warn', { ...loaded, 'pgaudit.log': 'all' }, ''],
  ['made for another major version', 'warn', { ...loaded, 'pgaudit.log': 'all' }, '17.0'],
  ['preloaded libraries hidden from the role', 'undecided', {}, ''],
  ['only its own settings hidden', 'undecided', { shared_preload_libraries: 'pgaudit' }, '18.0'],
])('%s: %s', (_, outcome, settings, version) => {
  expect(judge(settings, version).outcome).toBe(outcome);
});
