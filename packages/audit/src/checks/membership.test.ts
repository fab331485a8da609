import { expect, test } from 'vitest';
import { membershipOf } from './membership.ts';
import { role, rolesFact } from './roles.fixture.ts';

const isMember = membershipOf(
  rolesFact([role('ann'), role('ops'), role('all_ops')], {
    memberships: [
      { role: 'ops', member: 'ann' },
      { role: 'all_ops', member: 'ops' },
      { role: 'ops', member: 'all_ops' },
    ],
  }),
);

test('membership follows every chain, in a circle too', () => {
  expect(isMember('ann', 'all_ops')).toBe(true);
  expect(isMember('all_ops', 'ops')).toBe(true);
});

test('a role is a member of itself, and of nothing it was not granted', () => {
  expect(isMember('ann', 'ann')).toBe(true);
  expect(isMember('ops', 'ann')).toBe(false);
});

test('a superuser is a member of nothing by being one', () => {
  expect(isMember('postgres', 'ops')).toBe(false);
});
