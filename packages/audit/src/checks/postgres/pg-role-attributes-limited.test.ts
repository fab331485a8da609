import { expect, test } from 'vitest';
import { role, rolesFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt, settingsFact } from '../settings.fixture.ts';
import { pgRoleAttributesLimited } from './pg-role-attributes-limited.ts';

const judge = (roles: Parameters<typeof rolesFact>[0], versionNum = '180004', params = {}) =>
  pgRoleAttributesLimited.evaluate(
    { 'pg.roles': rolesFact(roles), 'pg.settings': settingsFact({ server_version_num: versionNum }) },
    { ...pgRoleAttributesLimited.params, ...params },
    seenAt,
  );

test('CREATEROLE without approval fails', () => {
  const verdict = judge([role(`o'neill`, { createRole: true })]);
  expect(verdict.outcome).toBe('fail');
  expect(evidenceLines(verdict)).toEqual([`role o'neill=o'neill|t|f|f|f`]);
  expect(verdict.evidence[0]?.sql).toMatch(/rolname = 'o''neill'$/u);
});

test('before version 16 the reason says what CREATEROLE amounts to', () => {
  expect(judge([role('a', { createRole: true })], '150018').reason.en).toContain('close to superuser');
  expect(judge([role('a', { createRole: true })], '160014').reason.en).not.toContain('close to superuser');
  expect(judge([role('a', { createDb: true })], '150018').reason.en).not.toContain('close to superuser');
});

test('an attribute on a role that cannot log in counts: SET ROLE reaches it', () => {
  expect(judge([role('group', { canLogin: false, bypassRls: true })]).outcome).toBe('fail');
});

test('the replication role of the set-up passes, another does not', () => {
  expect(judge([role('replicator', { replication: true })]).outcome).toBe('pass');
  expect(judge([role('copy', { replication: true })]).outcome).toBe('fail');
  expect(judge([role('copy', { replication: true })], '180004', { replication: ['copy'] }).outcome).toBe('pass');
});

test('superusers are not judged here, and nobody is in the evidence when nobody holds anything', () => {
  const verdict = judge([role('dba', { superuser: true, createDb: true })]);
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toEqual(['ordinary roles with attributes=']);
});
