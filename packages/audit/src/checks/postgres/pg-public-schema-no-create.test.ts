import { expect, test } from 'vitest';
import { databasesFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgPublicSchemaNoCreate } from './pg-public-schema-no-create.ts';

type PublicSchema = ReturnType<typeof databasesFact>['publicSchema'];
const judge = (examined: PublicSchema['examined'], closed: PublicSchema['closed'] = []) =>
  pgPublicSchemaNoCreate.evaluate(
    { 'pg.databases': databasesFact([], { publicSchema: { examined, closed } }) },
    pgPublicSchemaNoCreate.params,
    seenAt,
  );
const fine = { database: 'postgres', exists: true, publicCreate: false };

test('an upgraded database that kept the old right fails, in its own database', () => {
  const verdict = judge([fine, { database: `bob's`, exists: true, publicCreate: true }]);
  expect(verdict.outcome).toBe('fail');
  expect(verdict.evidence).toMatchObject([{ database: `bob's`, actual: 't' }]);
});

test('every database without it passes, also one that dropped the schema', () => {
  const verdict = judge([fine, { database: 'shop', exists: false, publicCreate: false }]);
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toEqual([
    'database postgres: PUBLIC may create in schema public=f',
    'database shop: PUBLIC may create in schema public=',
  ]);
});

test('a database that cannot be entered is not taken for fine', () => {
  const closed = [{ database: 'shop', message: 'no CONNECT' }];
  expect(judge([fine], closed).outcome).toBe('undecided');
  expect(judge([{ ...fine, publicCreate: true }], closed).outcome).toBe('fail');
});
