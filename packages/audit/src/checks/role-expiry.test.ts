import { expect, test } from 'vitest';
import { daysUntilExpiry } from './role-expiry.ts';
import { role } from './roles.fixture.ts';

test.each([
  [null, Infinity],
  ['infinity', Infinity],
  ['-infinity', -Infinity],
  ['0044-03-15T12:00:00 BC', -Infinity],
  ['20000-01-01T00:00:00', Infinity],
  ['2026-11-22T12:00:00', 1],
  ['2026-11-20T12:00:00', -1],
])('a password valid until %j has %j days', (validUntil, days) => {
  expect(daysUntilExpiry(role('app', { validUntil }), '2026-11-21T12:00:00.000Z')).toBe(days);
});
