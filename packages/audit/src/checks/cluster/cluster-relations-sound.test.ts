import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import type { Observation } from '../../probe.ts';
import { serverFact } from '../server.fixture.ts';
import { evidenceLines, ok, seenAt, unreachable } from '../settings.fixture.ts';
import { clusterRelationsSound } from './cluster-relations-sound.ts';

type Fact = FactMap['pg.unsound-relations'];
const seen = (relations: Fact['examined'][number]['relations'] = [], closed: Fact['closed'] = []): Fact => ({
  examined: [{ database: 'shop', relations }],
  closed,
});
const judge = (
  primary: Observation<Fact>,
  standby: Observation<Fact> = unreachable,
  unloggedAllowed: readonly string[] = [],
) =>
  clusterRelationsSound.evaluate(
    {
      'pg.server': new Map([
        ['pg-test-2', ok(serverFact({ inRecovery: true }))],
        ['pg-test-1', ok(serverFact())],
      ]),
      'pg.unsound-relations': new Map([
        ['pg-test-2', standby],
        ['pg-test-1', primary],
      ]),
    },
    { unloggedAllowed },
    seenAt,
  );

test('hardened: nothing is unlogged, invalid or unvalidated', () => {
  const verdict = judge(ok(seen()));
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toEqual([
    'pg-test-1 database shop: unlogged tables, invalid indexes, unvalidated constraints=',
  ]);
});

test.each([
  ['unlogged', 'public.cart', 'unlogged, so empty after a crash or failover: shop.public.cart'],
  ['invalid', 'public.cart_pkey', 'invalid indexes: shop.public.cart_pkey'],
  [
    'unvalidated',
    'public.cart total_positive',
    'constraints that were never validated: shop.public.cart total_positive',
  ],
] as const)('weak: %s', (what, name, reason) => {
  const verdict = judge(ok(seen([{ what, name }])));
  expect(verdict.outcome).toBe('warn');
  expect(verdict.reason.en).toBe(reason);
  expect(evidenceLines(verdict)[0]).toContain(`=${what}|${name}`);
});

test.each([
  ['by its name', 'shop.public.cart'],
  ['by its schema', 'shop.public.*'],
])('an unlogged table that may be lost is declared %s', (_, pattern) => {
  expect(judge(ok(seen([{ what: 'unlogged', name: 'public.cart' }])), unreachable, [pattern]).outcome).toBe('pass');
  expect(judge(ok(seen([{ what: 'unlogged', name: 'web.cart' }])), unreachable, [pattern]).outcome).toBe('warn');
});

test('the primary is asked, for a standby does not know which index is being built', () => {
  const building = ok(seen([{ what: 'invalid', name: 'public.new_index' }]));
  expect(judge(ok(seen()), building).outcome).toBe('pass');
});

test('without the primary a standby answers, and without anybody nobody', () => {
  expect(judge(unreachable, ok(seen([{ what: 'unlogged', name: 'public.cart' }]))).outcome).toBe('warn');
  expect(judge(unreachable, unreachable).outcome).toBe('undecided');
});

test('a database that the audit may not enter leaves it open, whatever the others hold', () => {
  const closed = [{ database: 'secret', message: 'permission denied' }];
  expect(judge(ok(seen([], closed))).outcome).toBe('undecided');
  expect(judge(ok(seen([{ what: 'unlogged', name: 'public.cart' }], closed))).outcome).toBe('undecided');
});

test('so many that the list is cut are no pass, even when all that is listed may be lost', () => {
  const many = Array.from({ length: 200 }, (_, index) => ({ what: 'unlogged' as const, name: `public.t${index}` }));
  expect(judge(ok(seen(many)), unreachable, ['shop.*']).outcome).toBe('undecided');
});
