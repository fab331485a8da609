import { expect, test } from 'vitest';
import { databasesFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgPublicNoConnect } from './pg-public-no-connect.ts';

const judge = (fact: ReturnType<typeof databasesFact>) =>
  pgPublicNoConnect.evaluate({ 'pg.databases': fact }, pgPublicNoConnect.params, seenAt);

const open = (publicConnect: boolean, publicTemporary: boolean) => {
  const fact = databasesFact(['crm', `bob's`]);
  return {
    ...fact,
    all: fact.all.map((database) =>
      database.name === `bob's` ? { ...database, publicConnect, publicTemporary } : database,
    ),
  };
};

test.each([
  [true, true],
  [true, false],
  [false, true],
])('PUBLIC with CONNECT %j and TEMPORARY %j is a warning', (connect, temporary) => {
  const verdict = judge(open(connect, temporary));
  expect(verdict.outcome).toBe('warn');
  expect(verdict.evidence[0]?.sql).toContain(`datname IN ('bob''s')`);
});

test('revoked from every business database passes', () => {
  const verdict = judge(open(false, false));
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toEqual([`database, PUBLIC may connect, make temporary tables=crm|f|f\nbob's|f|f`]);
});

test('without a business database it does not apply', () => {
  const verdict = judge(databasesFact([]));
  expect(verdict.outcome).toBe('not_applicable');
  expect(evidenceLines(verdict)).toEqual(['databases=postgres']);
});
