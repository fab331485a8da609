import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { bootstrapRole, role, rolesFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgSuperuserNotInApplications as check } from './pg-superuser-not-in-applications.ts';

type Sessions = FactMap['pg.sessions'][number];
const session = (changes: Partial<Sessions>): Sessions => ({
  user: 'postgres',
  superuser: true,
  address: '10.0.0.9',
  isLocal: false,
  application: 'shop',
  count: 1,
  oldestSince: '2026-11-21T11:59:00Z',
  ...changes,
});
const judge = (sessions: readonly Sessions[], params: Partial<typeof check.params> = {}) =>
  check.evaluate(
    { 'pg.roles': rolesFact([bootstrapRole(), role('app')]), 'pg.sessions': sessions },
    { ...check.params, ...params },
    seenAt,
  );

test.each([
  ['nobody', [], 'pass'],
  ['an application for a moment', [session({})], 'warn'],
  ['an application for hours', [session({ oldestSince: '2026-11-21T08:00:00Z' })], 'fail'],
  ['a pool', [session({ count: 5 })], 'fail'],
  ['an administrator', [session({ application: 'psql', count: 5 })], 'pass'],
  ['Patroni on the host', [session({ application: '', address: '127.0.0.1', isLocal: true })], 'pass'],
  ['an application of its own role', [session({ user: 'app', superuser: false, count: 9 })], 'pass'],
] as const)('%s: %j', (_, sessions, outcome) => {
  expect(judge(sessions).outcome).toBe(outcome);
});

test('a declared host of administrators is left out, and the evidence names who is connected', () => {
  expect(judge([session({ count: 5 })], { adminAddresses: ['10.0.0.9'] }).outcome).toBe('pass');
  expect(evidenceLines(judge([session({})]))).toEqual(['roles with a session from another host=postgres']);
});
