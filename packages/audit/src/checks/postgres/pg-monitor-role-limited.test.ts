import { expect, test } from 'vitest';
import { role, rolesFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgMonitorRoleLimited } from './pg-monitor-role-limited.ts';

const judge = (
  changes: Parameters<typeof role>[1],
  groups: readonly string[] = ['pg_monitor'],
  name = 'dbuser_monitor',
) =>
  pgMonitorRoleLimited.evaluate(
    {
      'pg.roles': rolesFact([role(name, changes)], {
        memberships: groups.map((group) => ({ role: group, member: name })),
      }),
    },
    pgMonitorRoleLimited.params,
    seenAt,
  );

test.each([
  [{}, ['pg_monitor'], 'pass'],
  [{ superuser: true }, [], 'fail'],
  [{ createRole: true }, ['pg_monitor'], 'fail'],
  [{}, ['pg_read_all_data'], 'fail'],
  [{}, ['pg_monitor', 'pg_execute_server_program'], 'fail'],
])('%j, member of %j: %s', (changes, groups, outcome) => {
  expect(judge(changes, groups).outcome).toBe(outcome);
});

test('a role is known by its name or by pg_monitor', () => {
  expect(judge({}, ['pg_monitor'], 'watcher').outcome).toBe('pass');
  expect(judge({}, [], 'app').outcome).toBe('not_applicable');
  expect(evidenceLines(judge({}))[0]).toContain('dbuser_monitor|f|f|f|f|f');
});
