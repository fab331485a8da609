import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgForeignAccessSafe as check } from './pg-foreign-access-safe.ts';

type Mapping = FactMap['pg.foreign-access']['examined'][number]['mappings'][number];
const mapping = (changes: Partial<Mapping>): Mapping => ({
  server: 'remote',
  user: 'app',
  userIsSuperuser: false,
  hasPassword: false,
  requiresPassword: true,
  ...changes,
});
const judge = (
  mappings: readonly Mapping[],
  unsafeDblink: readonly (string | null)[] = [],
  closed: readonly string[] = [],
) =>
  check.evaluate(
    {
      'pg.foreign-access': {
        examined: [{ database: 'shop', mappings, unsafeDblink }],
        closed: closed.map((database) => ({ database, message: 'no CONNECT' })),
      },
    },
    {},
    seenAt,
  );

test.each([
  ['none', [], [], 'pass'],
  ['one by certificate', [mapping({})], [], 'pass'],
  ['one with a password', [mapping({ hasPassword: true })], [], 'warn'],
  ['a password for PUBLIC', [mapping({ user: null, hasPassword: true })], [], 'fail'],
  ['no password required', [mapping({ requiresPassword: false })], [], 'fail'],
  ['the same of a superuser', [mapping({ requiresPassword: false, userIsSuperuser: true })], [], 'pass'],
  ['options are hidden', [mapping({ hasPassword: null, requiresPassword: null })], [], 'undecided'],
  ['dblink_connect_u for PUBLIC', [], [null], 'fail'],
] as const)('%s', (_, mappings, dblink, outcome) => {
  expect(judge(mappings, dblink).outcome).toBe(outcome);
});

test('mappings are listed by server and user, and an unseen database leaves it open', () => {
  expect(evidenceLines(judge([mapping({ user: null }), mapping({})]))).toEqual([
    'database shop: user mappings=remote|PUBLIC\nremote|app',
  ]);
  expect(judge([], [], ['crm']).outcome).toBe('undecided');
});
