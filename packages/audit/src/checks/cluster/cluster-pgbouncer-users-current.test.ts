import { expect, test } from 'vitest';
import { configFact, userlistFact } from '../pgbouncer.fixture.ts';
import { role, rolesFact } from '../roles.fixture.ts';
import { evidenceLines, ok, seenAt } from '../settings.fixture.ts';
import { clusterPgbouncerUsersCurrent } from './cluster-pgbouncer-users-current.ts';

type Userlist = ReturnType<typeof userlistFact> | null;
const judge = (...lists: readonly Userlist[]) =>
  clusterPgbouncerUsersCurrent.evaluate(
    {
      'node.pgbouncer-userlist': new Map(lists.map((list, index) => [`pg-test-${index + 1}.node`, ok(list)])),
      'pgbouncer.config': new Map([['pg-test-1.pgbouncer', ok(configFact({ stats_users: 'monitor' }))]]),
      'pg.roles': new Map([['pg-test-1', ok(rolesFact([role('app'), role('locked', { canLogin: false })]))]]),
    },
    {},
    seenAt,
  );
const app = userlistFact({ app: 'scram-sha-256', monitor: 'scram-sha-256' });

test('the same roles everywhere pass, also where a node has no PgBouncer', () => {
  const verdict = judge(app, app, null);
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toContain('pg-test-1.node users of the list=app\nmonitor');
});

test.each([
  [
    'a role that was dropped',
    userlistFact({ app: 'scram-sha-256', monitor: 'scram-sha-256', gone: 'md5' }),
    'fail',
    'gone',
  ],
  [
    'a role that may not log in',
    userlistFact({ app: 'scram-sha-256', monitor: 'scram-sha-256', locked: 'md5' }),
    'fail',
    'locked',
  ],
  ['a list that lacks one', userlistFact({ app: 'scram-sha-256' }), 'warn', 'monitor'],
  ['another kind of secret', userlistFact({ app: 'md5', monitor: 'scram-sha-256' }), 'warn', 'app'],
] as const)('%s: %s', (_what, list, outcome, name) => {
  const verdict = judge(app, list);
  expect(verdict.outcome).toBe(outcome);
  expect(verdict.reason.en).toContain(name);
});
