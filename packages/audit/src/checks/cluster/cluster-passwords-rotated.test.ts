import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { knownPassword, passwordsFact } from '../passwords.fixture.ts';
import { ok, seenAt, unreachable } from '../settings.fixture.ts';
import { clusterPasswordsRotated as check } from './cluster-passwords-rotated.ts';

type History = FactMap['records.password-history'];
const history = (since: string, begins = '2026-06-01T00:00:00Z', fingerprint = 'digest of app'): History => ({
  folder: '/evidence/pg-test',
  begins,
  roles: [{ name: 'app', fingerprint, since }],
});
const judge = (known: History | undefined, role = knownPassword('app')) =>
  check.evaluate(
    {
      'pg.known-passwords': new Map([
        ['pg-test-1', ok(passwordsFact([role]))],
        ['pg-test-2', ok(passwordsFact([], { isCopy: true }))],
      ]),
      'records.password-history': new Map([['pg-test.records', known === undefined ? unreachable : ok(known)]]),
    },
    check.params,
    seenAt,
  );

test.each([
  ['changed a month ago', history('2026-10-21T00:00:00Z'), 'pass'],
  ['changed 80 days ago', history('2026-09-02T00:00:00Z'), 'warn'],
  ['the same for five months', history('2026-06-01T00:00:00Z'), 'fail'],
  ['another one since the last run', history('2026-06-01T00:00:00Z', '2026-06-01T00:00:00Z', 'other'), 'pass'],
  ['watched for a week', history('2026-11-14T00:00:00Z', '2026-11-14T00:00:00Z'), 'insufficient_data'],
  ['the first run', { folder: '/evidence', begins: null, roles: [] }, 'insufficient_data'],
  ['records that cannot be read', undefined, 'undecided'],
] as const)('%s', (_, known, outcome) => {
  expect(judge(known).outcome).toBe(outcome);
});

test('a password that is not SCRAM cannot be watched', () => {
  expect(judge(history('2026-10-21T00:00:00Z'), knownPassword('app', { fingerprint: null })).outcome).toBe('undecided');
});
