import { expect, test } from 'vitest';
import { objectsFact } from '../objects.fixture.ts';
import { role, rolesFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgObjectsOwnedByGroups as check } from './pg-objects-owned-by-groups.ts';

const roles = [role('shop_owner', { canLogin: false }), role('app'), role('root', { superuser: true })];
const judge = (owner: string, memberships: readonly { role: string; member: string }[] = [], closed: string[] = []) =>
  check.evaluate(
    {
      'pg.object-access': objectsFact({ owners: [{ owner, relations: 12 }] }, closed),
      'pg.roles': rolesFact(roles, { memberships }),
    },
    {},
    seenAt,
  );

test.each([
  ['shop_owner', [], 'pass'],
  ['app', [], 'warn'],
  ['root', [], 'warn'],
  ['root', [{ role: 'root', member: 'app' }], 'fail'],
] as const)('owned by %s, memberships %j: %s', (owner, memberships, outcome) => {
  expect(judge(owner, memberships).outcome).toBe(outcome);
});

test('owners are counted, and an unseen database leaves it open', () => {
  expect(evidenceLines(judge('app'))).toEqual(['database shop: relations by owner=app|12']);
  expect(judge('shop_owner', [], ['crm']).outcome).toBe('undecided');
});
