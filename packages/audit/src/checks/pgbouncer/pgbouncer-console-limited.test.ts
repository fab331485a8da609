import { expect, test } from 'vitest';
import { configFact } from '../pgbouncer.fixture.ts';
import { role, rolesFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgbouncerConsoleLimited } from './pgbouncer-console-limited.ts';

const judge = (values: Readonly<Record<string, string>>, versionNum = 12502) =>
  pgbouncerConsoleLimited.evaluate(
    {
      'pgbouncer.config': configFact(values),
      'pgbouncer.version': { version: '1.x', versionNum },
      'pg.roles': rolesFact([role('dba', { superuser: true }), role('app'), role('lookup')]),
    },
    {},
    seenAt,
  );

test.each([
  [{ admin_users: 'dba, only_here', stats_users: 'monitor' }, 'pass'],
  [{ admin_users: 'dba, app' }, 'fail'],
  [{ admin_users: 'dba lookup', auth_user: 'lookup' }, 'fail'],
  [{ admin_users: 'dba', stats_users: 'dba' }, 'warn'],
  [{ auth_type: 'any' }, 'fail'],
])('%j: %s', (values, outcome) => {
  expect(judge(values).outcome).toBe(outcome);
});

test('before 1.25.2 whoever reads statistics may end clients', () => {
  expect(judge({ stats_users: 'monitor' }, 12501).outcome).toBe('warn');
  expect(evidenceLines(judge({ admin_users: 'dba' }))[1]).toBe(
    'admin_users that are roles: may log in, superuser=dba|t|t',
  );
});
