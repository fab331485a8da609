import { expect, test } from 'vitest';
import { objectGrant, objectsFact } from '../objects.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgPublicNoObjectGrants as check } from './pg-public-no-object-grants.ts';

const judge = (...args: Parameters<typeof objectsFact>) =>
  check.evaluate({ 'pg.object-access': objectsFact(...args) }, check.params, seenAt);

test.each([
  ['nothing', {}, 'pass'],
  ['PUBLIC writes', { publicGrants: [objectGrant('table', 'INSERT')] }, 'fail'],
  ['PUBLIC advances a sequence', { publicGrants: [objectGrant('sequence', 'UPDATE')] }, 'fail'],
  ['PUBLIC reads', { publicGrants: [objectGrant('table', 'SELECT')] }, 'warn'],
  ['a function as PostgreSQL makes it', { publicGrants: [objectGrant('function', 'EXECUTE')] }, 'warn'],
  ['a login role hands on', { grantOptions: [{ ...objectGrant('table', 'SELECT'), grantee: 'app' }] }, 'warn'],
  ['in a schema that is left out', { publicGrants: [objectGrant('table', 'INSERT', 'monitor')] }, 'pass'],
] as const)('%s', (_, changes, outcome) => {
  expect(judge(changes).outcome).toBe(outcome);
});

test('rights are counted by kind, schema and privilege', () => {
  expect(evidenceLines(judge({ publicGrants: [objectGrant('table', 'INSERT')] }))).toEqual([
    'database shop: rights of PUBLIC on objects=table|app|INSERT|3',
  ]);
});

test('a database that was not seen leaves it open, unless something failed already', () => {
  expect(judge({}, ['crm']).outcome).toBe('undecided');
  expect(judge({ publicGrants: [objectGrant('table', 'INSERT')] }, ['crm']).outcome).toBe('fail');
});
