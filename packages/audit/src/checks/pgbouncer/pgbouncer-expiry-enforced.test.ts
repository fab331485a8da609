import { expect, test } from 'vitest';
import { configFact, userlistFact } from '../pgbouncer.fixture.ts';
import { role, rolesFact } from '../roles.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { pgbouncerExpiryEnforced } from './pgbouncer-expiry-enforced.ts';

const byDefault =
  'SELECT rolname, CASE WHEN rolvaliduntil < now() THEN NULL ELSE rolpassword END FROM pg_authid WHERE rolname=$1 AND rolcanlogin';
const judge = (listed: readonly string[], query?: string, namesValidUntil?: boolean) =>
  pgbouncerExpiryEnforced.evaluate(
    {
      'pgbouncer.config': configFact(query === undefined ? {} : { auth_user: 'lookup', auth_query: query }),
      'node.pgbouncer-userlist': userlistFact(
        Object.fromEntries(listed.map((name) => [name, 'scram-sha-256' as const])),
      ),
      'pg.secret-routines': {
        examined: [
          {
            database: 'app',
            routines:
              namesValidUntil === undefined
                ? []
                : [{ schema: 'pgbouncer', name: 'get_auth', namesValidUntil, namesLogin: true, namesSuperuser: true }],
          },
        ],
        closed: [],
      },
      'pg.roles': rolesFact([
        role('app'),
        role('gone', { validUntil: '2026-01-01T00:00:00' }),
        role('locked', { canLogin: false }),
        role('soon', { validUntil: '2027-01-01T00:00:00' }),
        role('ever', { validUntil: 'infinity' }),
      ]),
    },
    {},
    seenAt,
  );

test.each([
  [['app', 'ever', 'only_here'], undefined, 'pass'],
  [['app'], byDefault, 'pass'],
  [['gone'], undefined, 'fail'],
  [['locked'], byDefault, 'fail'],
  [['soon'], undefined, 'warn'],
  [[], 'SELECT usename, passwd FROM pg_shadow WHERE usename=$1', 'fail'],
  [['app'], 'SELECT * FROM pgbouncer.get_auth($1)', 'undecided'],
  [['gone'], 'SELECT * FROM pgbouncer.get_auth($1)', 'fail'],
  [[], undefined, 'not_applicable'],
] as const)('listed %j, query %s: %s', (listed, query, outcome) => {
  expect(judge(listed, query).outcome).toBe(outcome);
});

test('a function is judged by its body', () => {
  const query = 'SELECT username, password FROM pgbouncer.get_auth($1)';
  expect(judge(['app'], query, true).outcome).toBe('pass');
  expect(judge(['app'], query, false).outcome).toBe('fail');
});
