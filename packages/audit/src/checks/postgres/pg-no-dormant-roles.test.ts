import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { role, rolesFact } from '../roles.fixture.ts';
import { seenAt, settingsFact } from '../settings.fixture.ts';
import { pgNoDormantRoles as check } from './pg-no-dormant-roles.ts';

const judge = (
  logins: FactMap['node.server-log']['logins'],
  completeSince: string | null,
  {
    exempt = [],
    logged = 'on',
    connected = [],
  }: {
    readonly exempt?: readonly string[];
    readonly logged?: string;
    readonly connected?: readonly string[];
  } = {},
) =>
  check.evaluate(
    {
      'pg.roles': rolesFact([role('app'), role('postgres', { isBootstrap: true, canLogin: false })]),
      'pg.sessions': connected.map((user) => ({
        user,
        superuser: false,
        address: null,
        isLocal: true,
        application: '',
        count: 1,
        oldestSince: '2026-11-21T00:00:00Z',
      })),
      'node.server-log': { folder: '/pg/log', state: 'present', samples: [], logins, completeSince },
      'pg.settings': settingsFact({ log_connections: logged }),
    },
    { ...check.params, exempt },
    seenAt,
  );

test.each([
  ['yesterday', { app: '2026-11-20' }, '2026-11-01', 'pass'],
  ['70 days ago', { app: '2026-09-12' }, '2026-07-01', 'warn'],
  ['never in a log of four months', {}, '2026-07-01', 'fail'],
  ['never in a log of a week', {}, '2026-11-14', 'insufficient_data'],
  ['no log at all', {}, null, 'insufficient_data'],
] as const)('last login %s', (_, logins, since, outcome) => {
  expect(judge(logins, since).outcome).toBe(outcome);
});

test('an open session counts, a log without connections does not, and an exemption is one', () => {
  expect(judge({}, '2026-11-14', { connected: ['app'] }).outcome).toBe('pass');
  expect(judge({}, '2026-07-01', { logged: 'off' }).outcome).toBe('insufficient_data');
  expect(judge({}, '2026-07-01', { exempt: ['app'] }).outcome).toBe('not_applicable');
});
