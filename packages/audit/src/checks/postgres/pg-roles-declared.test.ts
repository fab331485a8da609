import { expect, test } from 'vitest';
import { role, rolesFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgRolesDeclared as check } from './pg-roles-declared.ts';

const live = rolesFact(
  [role('app'), role('dbrole_readwrite', { canLogin: false }), role('replicator', { replication: true })],
  {
    memberships: [{ role: 'dbrole_readwrite', member: 'app' }],
  },
);
const register = ['app IN dbrole_readwrite', 'dbrole_readwrite NOLOGIN', 'replicator REPLICATION'];
const judge = (roles: readonly string[]) => check.evaluate({ 'pg.roles': live }, { roles }, seenAt);

test.each([
  ['all registered', register, 'pass'],
  ['a login role is not', register.slice(1), 'fail'],
  ['a group is not', register.filter((entry) => !entry.startsWith('dbrole')), 'warn'],
  ['one is registered and gone', [...register, 'old'], 'warn'],
  ['an attribute more than registered', ['app IN dbrole_readwrite', 'dbrole_readwrite NOLOGIN', 'replicator'], 'warn'],
  ['a membership more than registered', ['app', ...register.slice(1)], 'warn'],
  ['nothing is declared', [], 'manual'],
] as const)('%s: %s', (_, roles, outcome) => {
  expect(judge(roles).outcome).toBe(outcome);
});

test('drift is told as what came and what went', () => {
  expect(judge(['app IN dbrole_readonly', ...register.slice(1)]).reason.en).toBe(
    'app: +dbrole_readwrite, -dbrole_readonly',
  );
  expect(evidenceLines(judge(register))).toEqual([
    'roles and whether they may log in=app|t\ndbrole_readwrite|f\nreplicator|t',
  ]);
});

test('an attribute that does not exist is refused by name', () => {
  expect(() => judge(['app SUPERUSR'])).toThrow('app has no attribute SUPERUSR');
});
