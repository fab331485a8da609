import { expect, test } from 'vitest';
import { role, rolesFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgRoleConnectionLimits } from './pg-role-connection-limits.ts';

const judge = (roles: Parameters<typeof rolesFact>[0], limitedElsewhere: readonly string[] = []) =>
  pgRoleConnectionLimits.evaluate({ 'pg.roles': rolesFact(roles) }, { limitedElsewhere }, seenAt);

test('an unlimited role is a warning, and only it is shown', () => {
  const verdict = judge([role('app'), role('job', { connectionLimit: 5 })]);
  expect(verdict.outcome).toBe('warn');
  expect(evidenceLines(verdict)).toEqual(['login roles without a limit=app|-1']);
});

test('limits everywhere pass; superusers and roles that cannot log in do not need one', () => {
  const verdict = judge([role('app', { connectionLimit: 20 }), role('group', { canLogin: false })]);
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toEqual(['ordinary login roles=app|20']);
});

test('a role that a pooler limits is left out, in the statement too', () => {
  const verdict = judge([role(`app's`), role('job', { connectionLimit: 5 })], [`app's`]);
  expect(verdict.outcome).toBe('pass');
  expect(verdict.evidence[0]?.sql).toContain(`rolname NOT IN ('app''s')`);
});

test('without ordinary login roles it does not apply', () => {
  expect(judge([]).outcome).toBe('not_applicable');
});
