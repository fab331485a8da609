import { expect, test } from 'vitest';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgSecurityDefinerSafe } from './pg-security-definer-safe.ts';

const routine = (changes: Partial<Record<'ownerSuperuser' | 'fixedSearchPath' | 'publicExecute', boolean>>) => ({
  schema: 'app',
  signature: `it's(a integer)`,
  owner: 'postgres',
  ownerSuperuser: true,
  fixedSearchPath: true,
  publicExecute: false,
  ...changes,
});
const judge = (routines: readonly ReturnType<typeof routine>[], closed: readonly string[] = []) =>
  pgSecurityDefinerSafe.evaluate(
    {
      'pg.routines': {
        examined: [{ database: 'shop', routines }],
        closed: closed.map((database) => ({ database, message: 'no CONNECT' })),
      },
    },
    pgSecurityDefinerSafe.params,
    seenAt,
  );

test.each([
  [{ fixedSearchPath: false, publicExecute: true }, 'fail'],
  [{ fixedSearchPath: false, publicExecute: true, ownerSuperuser: false }, 'warn'],
  [{ fixedSearchPath: false }, 'warn'],
  [{ publicExecute: true }, 'warn'],
  [{}, 'pass'],
])('%j: %s', (changes, outcome) => {
  expect(judge([routine(changes)]).outcome).toBe(outcome);
});

test('a routine is found again by schema and signature, in its database', () => {
  const verdict = judge([routine({ fixedSearchPath: false, publicExecute: true })]);
  expect(evidenceLines(verdict)).toEqual([`database shop: app.it's(a integer)=postgres|t|f|t`]);
  expect(verdict.evidence[0]).toMatchObject({ database: 'shop' });
  expect(verdict.evidence[0]?.sql).toMatch(/= 'it''s\(a integer\)'$/u);
});

test('no such routine passes with the count', () => {
  expect(evidenceLines(judge([]))).toEqual(['database shop: SECURITY DEFINER routines=0']);
});

test('an unseen database leaves it open, unless something failed already', () => {
  expect(judge([routine({})], ['crm']).outcome).toBe('undecided');
  expect(judge([routine({ fixedSearchPath: false })], ['crm']).outcome).toBe('undecided');
  expect(judge([routine({ fixedSearchPath: false, publicExecute: true })], ['crm']).outcome).toBe('fail');
});
