import { expect, test } from 'vitest';
import { role, rolesFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgPredefinedRolesLimited } from './pg-predefined-roles-limited.ts';

const judge = (memberships: readonly { readonly role: string; readonly member: string }[], params = {}) =>
  pgPredefinedRolesLimited.evaluate(
    {
      'pg.roles': rolesFact(
        [role('ann'), role('team', { canLogin: false }), role('dba', { superuser: true }), role('monitor')],
        { memberships: [{ role: 'pg_monitor', member: 'monitor' }, ...memberships] },
      ),
    },
    { ...pgPredefinedRolesLimited.params, ...params },
    seenAt,
  );

test('a role that reaches the host through a group fails', () => {
  const verdict = judge([
    { role: 'pg_execute_server_program', member: 'team' },
    { role: 'team', member: 'ann' },
  ]);
  expect(verdict.outcome).toBe('fail');
  expect(verdict.reason.en).toContain('ann (pg_execute_server_program)');
  expect(evidenceLines(verdict)).toEqual(['role ann=pg_execute_server_program']);
});

test('a role that reaches all data is a warning', () => {
  expect(judge([{ role: 'pg_read_all_data', member: 'ann' }]).outcome).toBe('warn');
});

test('superusers and roles nobody logs in with do not count', () => {
  const grants = [
    { role: 'pg_write_server_files', member: 'dba' },
    { role: 'pg_write_server_files', member: 'team' },
  ];
  const verdict = judge(grants);
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toEqual([
    'grants of predefined roles=pg_write_server_files|dba\npg_write_server_files|team',
  ]);
});

test('monitoring passes, and so does an approved holder', () => {
  expect(judge([]).outcome).toBe('pass');
  const grants = [{ role: 'pg_read_all_data', member: 'ann' }];
  expect(judge(grants, { approvedForData: ['ann'] }).outcome).toBe('pass');
  expect(judge(grants, { approvedForHost: ['ann'] }).outcome).toBe('warn');
});
