import { expect, test } from 'vitest';
import { role, rolesFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgRoleDutiesSeparate as check } from './pg-role-duties-separate.ts';

const tiers = [
  { role: 'dbrole_readonly', member: 'dbrole_readwrite' },
  { role: 'dbrole_readwrite', member: 'dbrole_admin' },
];
const judge = (name: string, changes: Parameters<typeof role>[1], groups: readonly string[]) =>
  check.evaluate(
    {
      'pg.roles': rolesFact([role(name, changes)], {
        memberships: [...groups.map((group) => ({ role: group, member: name })), ...tiers],
      }),
    },
    check.params,
    seenAt,
  );

test.each([
  ['app', {}, ['dbrole_readwrite'], 'pass'],
  ['dba', { superuser: true }, ['dbrole_admin'], 'pass'],
  ['dba', { superuser: true }, ['dbrole_admin', 'pg_monitor'], 'pass'],
  ['dbuser_monitor', {}, ['pg_monitor'], 'pass'],
  ['dbuser_monitor', { superuser: true }, ['pg_monitor'], 'fail'],
  ['dbuser_monitor', {}, ['pg_monitor', 'pg_write_all_data'], 'fail'],
  ['replicator', { replication: true }, ['pg_monitor'], 'pass'],
  ['replicator', { replication: true }, ['dbrole_readonly'], 'warn'],
  ['replicator', { replication: true, superuser: true }, [], 'fail'],
  ['replicator', { replication: true }, ['dbrole_readwrite'], 'fail'],
] as const)('%s %j in %j: %s', (name, changes, groups, outcome) => {
  expect(judge(name, changes, groups).outcome).toBe(outcome);
});

test('attributes and groups are printed', () => {
  expect(evidenceLines(judge('app', {}, ['dbrole_readwrite', 'a']))).toEqual([
    'login roles: superuser, createrole, replication, groups=app|f|f|f|a,dbrole_readwrite',
  ]);
});
