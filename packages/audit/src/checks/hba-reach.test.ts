import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findAddress } from './address-range.ts';
import { decidingRules, type HbaRequest } from './hba-match.ts';
import { liveRules, playRules, principalsOf } from './hba-reach.ts';
import { hbaFact } from './hba.fixture.ts';
import { databasesFact, role, rolesFact } from './roles.fixture.ts';

const roles = rolesFact([role('ann'), role('bob'), role('crm'), role('ops', { canLogin: false })], {
  memberships: [{ role: 'ops', member: 'ann' }],
});
const principals = principalsOf(roles, databasesFact(['shop', 'crm']));

const live = (...lines: readonly string[]): readonly number[] => {
  const { rules } = hbaFact(...lines);
  const reached = liveRules(playRules(rules, principals));
  return rules.filter((rule) => reached.has(rule)).map(({ line }) => line);
};

test('roles that log in and databases that take connections are the principals', () => {
  expect(principals.users).toEqual(['ann', 'bob', 'crm', 'postgres']);
  expect(principals.databases).toEqual(['shop', 'crm', 'postgres', 'template1']);
});

test('a rule behind a wider one is never reached', () => {
  expect(live('host all all 10.0.0.0/8 reject', 'host all ann 10.1.0.0/16 trust')).toEqual([1]);
});

test('two halves together shadow the whole', () => {
  expect(
    live('host all all 0.0.0.0/1 reject', 'host all all 128.0.0.0/1 reject', 'host all all 0.0.0.0/0 trust'),
  ).toEqual([1, 2]);
});

test('two types together shadow the third', () => {
  expect(live('hostssl all all all reject', 'hostnossl all all all reject', 'host all all all trust')).toEqual([1, 2]);
});

test('all leaves replication to a rule that names it', () => {
  expect(live('host all all all reject', 'host replication ann all trust')).toEqual([1, 2]);
});

test('rules about nobody are dead: no such role, no such database, a group without login members', () => {
  expect(live('host all eve all trust', 'host nowhere all all trust', 'host all +nogroup all trust')).toEqual([]);
  expect(live('host all +ops all trust')).toEqual([1]);
});

test('sameuser tells apart the one user who owns a database of that name', () => {
  expect(live('host sameuser all all trust')).toEqual([1]);
  const { rules } = hbaFact('host sameuser all all trust', 'host all all all reject');
  const admitted = playRules(rules, principals).filter((decision) => decision.rules[0]?.method === 'trust');
  expect(new Set(admitted.flatMap(({ users }) => users))).toEqual(new Set(['crm', 'postgres']));
});

const ruleText = fc
  .tuple(
    fc.constantFrom('host', 'hostssl', 'hostnossl'),
    fc.constantFrom('all', 'shop', 'replication', 'sameuser', 'samerole', '/^s'),
    fc.constantFrom('all', 'ann', '+ops', 'bob,crm', '/b$'),
    fc.constantFrom('all', '10.0.0.0/8', '10.1.0.0/16', '0.0.0.0/0', '::/0', 'samehost', 'db.example'),
    fc.constantFrom('reject', 'trust', 'scram-sha-256'),
  )
  .map((words) => words.join(' '));

test('playing whole groups gives what asking each connection gives', () => {
  fc.assert(
    fc.property(
      fc.array(ruleText, { maxLength: 6 }),
      fc.constantFrom(...principals.users),
      fc.constantFrom(...principals.databases, undefined),
      fc.constantFrom('plain', 'ssl', 'gss'),
      fc.constantFrom('10.1.2.3', '10.200.0.1', '127.0.0.1', '192.0.2.9', '::1', 'fd00::1'),
      (texts, user, database, transport, from) => {
        const { rules } = hbaFact(...texts);
        const request: HbaRequest = { transport, address: findAddress(from), database, user };
        const expected = decidingRules(rules, request, principals.isMember);
        const played = playRules(rules, principals).filter(
          (decision) =>
            decision.transport === transport &&
            decision.users.includes(user) &&
            decision.databases.includes(database) &&
            decision.address?.family === request.address?.family,
        );
        expect(played.map((decision) => decision.rules)).toContainEqual(expected);
      },
    ),
  );
});
