import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { configFact, iniFact } from '../pgbouncer.fixture.ts';
import { role, rolesFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgbouncerAuthQueryLimited } from './pgbouncer-auth-query-limited.ts';

type Routine = FactMap['pg.routines']['examined'][number]['routines'][number];
const lookup: Routine = {
  schema: 'pgbouncer',
  signature: 'get_auth(text)',
  owner: 'postgres',
  ownerSuperuser: true,
  fixedSearchPath: true,
  publicExecute: false,
};
const judge = (
  { user = 'pgbouncer', query = 'SELECT u, p FROM pgbouncer.get_auth($1)' } = {},
  routine: Partial<Routine> = {},
  ini = '[pgbouncer]\n',
) =>
  pgbouncerAuthQueryLimited.evaluate(
    {
      'pgbouncer.config': configFact({ auth_user: user, auth_query: query }),
      'node.pgbouncer-ini': iniFact(ini),
      'pg.roles': rolesFact([role('pgbouncer')]),
      'pg.routines': { examined: [{ database: 'app', routines: [{ ...lookup, ...routine }] }], closed: [] },
    },
    {},
    seenAt,
  );

test('a function for auth_user alone passes', () => {
  expect(judge().outcome).toBe('pass');
  expect(evidenceLines(judge())).toContain(
    'pgbouncer.get_auth(text) in app: PUBLIC may execute it, sets search_path=f|t',
  );
});

test.each([
  ['a superuser', { user: 'postgres' }, {}, 'fail'],
  ['the catalog itself', { query: 'SELECT usename, passwd FROM pg_shadow WHERE usename=$1' }, {}, 'fail'],
  ['a function for everybody', {}, { publicExecute: true }, 'fail'],
  ['a function without search_path', {}, { fixedSearchPath: false }, 'warn'],
  ['a function nobody has seen', {}, { signature: 'other(text)' }, 'warn'],
  ['no auth_user at all', { user: '' }, {}, 'not_applicable'],
])('%s: %s', (_what, config, routine, outcome) => {
  expect(judge(config, routine).outcome).toBe(outcome);
});

test('auth_user of one database counts too', () => {
  expect(judge({ user: '' }, {}, '[databases]\na = host=b auth_user=postgres\n').outcome).toBe('fail');
});
