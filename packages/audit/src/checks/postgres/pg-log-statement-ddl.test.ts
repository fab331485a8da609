import { expect, test } from 'vitest';
import { seenAt, settingsFact } from '../settings.fixture.ts';
import { pgLogStatementDdl } from './pg-log-statement-ddl.ts';

test.each([
  ['hardened', 'pass', { log_statement: 'ddl' }],
  ['more than asked', 'pass', { log_statement: 'all' }],
  ['weak', 'fail', { log_statement: 'none' }],
  [
    'pgaudit does it',
    'pass',
    {
      log_statement: 'none',
      shared_preload_libraries: 'pg_stat_statements, pgaudit',
      'pgaudit.log': 'role, ddl, write',
    },
  ],
  [
    'pgaudit is set up but not loaded',
    'fail',
    { log_statement: 'none', shared_preload_libraries: 'pg_stat_statements', 'pgaudit.log': 'ddl, role' },
  ],
  [
    'pgaudit leaves GRANT out',
    'fail',
    { log_statement: 'none', shared_preload_libraries: 'pgaudit', 'pgaudit.log': 'ddl' },
  ],
] as const)('%s: %s', (_, outcome, values) => {
  const verdict = pgLogStatementDdl.evaluate({ 'pg.settings': settingsFact(values) }, {}, seenAt);
  expect(verdict.outcome).toBe(outcome);
  expect(verdict.evidence.length).toBeGreaterThan(0);
});
