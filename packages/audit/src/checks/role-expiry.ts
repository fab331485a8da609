import type { FactMap } from '../facts.ts';

type Role = FactMap['pg.roles']['roles'][number];

const dayMs = 86_400_000;

/**
 * Days from `at` (ISO 8601 UTC) until the password of the role ends: negative when it has, Infinity when it never does.
 * Years beyond 9999 and `infinity` are never; dates before Christ are past.
 */
export function daysUntilExpiry({ validUntil }: Role, at: string): number {
  if (validUntil === null || validUntil === 'infinity') return Infinity;
  if (validUntil === '-infinity' || validUntil.endsWith('BC')) return -Infinity;
  const ends = Date.parse(`${validUntil}Z`);
  return Number.isNaN(ends) ? Infinity : (ends - Date.parse(at)) / dayMs;
}
