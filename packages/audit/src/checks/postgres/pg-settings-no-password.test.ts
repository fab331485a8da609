import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { role, rolesFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgSettingsNoPassword } from './pg-settings-no-password.ts';

type ConnectionString = FactMap['pg.connection-strings'][number];
const entry = (changes: Partial<ConnectionString>): ConnectionString => ({
  catalog: 'pg_settings',
  name: 'primary_conninfo',
  database: null,
  role: null,
  hasPassword: true,
  readableByAll: false,
  ...changes,
});
const judge = (entries: readonly ConnectionString[], readers: readonly string[] = []) =>
  pgSettingsNoPassword.evaluate(
    {
      'pg.connection-strings': entries,
      'pg.roles': rolesFact([role('monitor')], {
        memberships: [
          { role: 'pg_read_all_settings', member: 'pg_monitor' },
          ...readers.map((member) => ({ role: 'pg_monitor', member })),
        ],
      }),
    },
    pgSettingsNoPassword.params,
    seenAt,
  );

test('a password that superusers alone can read is a warning', () => {
  expect(judge([entry({})]).outcome).toBe('warn');
  expect(judge([entry({ catalog: 'pg_subscription', name: 's', database: 'shop' })], ['monitor']).outcome).toBe('warn');
});

test('one that the monitoring role can read fails', () => {
  const verdict = judge([entry({})], ['monitor']);
  expect(verdict.outcome).toBe('fail');
  expect(evidenceLines(verdict)).toEqual(['pg_settings: primary_conninfo=t']);
});

test('one in archive_command or bound to a role is readable by all', () => {
  expect(judge([entry({ name: 'archive_command', readableByAll: true })]).outcome).toBe('fail');
  const bound = entry({ catalog: 'pg_db_role_setting', name: 'app.dsn', role: `o'neill`, readableByAll: true });
  const verdict = judge([bound]);
  expect(verdict.outcome).toBe('fail');
  expect(verdict.evidence[0]?.sql).toContain(`r.rolname = 'o''neill'`);
});

test('a passfile passes', () => {
  const verdict = judge([entry({ hasPassword: false })], ['monitor']);
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toEqual(['pg_settings: primary_conninfo=f']);
});
