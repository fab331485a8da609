import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findAddress } from './address-range.ts';
import { decidingRules, matchRule, type HbaRequest } from './hba-match.ts';
import { hbaFact, hbaRule } from './hba.fixture.ts';
import type { IsMember } from './membership.ts';

const groups: Readonly<Record<string, readonly string[]>> = { ann: ['ops', 'shop'] };
const isMember: IsMember = (member, group) => member === group || (groups[member] ?? []).includes(group);

const ask = (changes: Partial<HbaRequest> & { readonly from?: string } = {}): HbaRequest => {
  const { from = '10.1.2.3', ...request } = changes;
  return {
    transport: 'ssl',
    address: request.transport === 'local' ? undefined : findAddress(from),
    database: 'shop',
    user: 'ann',
    ...request,
  };
};

describe('one rule', () => {
  test.each([
    ['local all all peer', ask({ transport: 'local' }), 'yes'],
    ['local all all peer', ask(), 'no'],
    ['host all all all md5', ask({ transport: 'local' }), 'no'],
    ['host all all all md5', ask({ transport: 'plain' }), 'yes'],
    ['hostssl all all all md5', ask({ transport: 'plain' }), 'no'],
    ['hostnossl all all all md5', ask({ transport: 'gss' }), 'yes'],
    ['hostnossl all all all md5', ask(), 'no'],
    ['hostgssenc all all all gss', ask({ transport: 'gss' }), 'yes'],
    ['hostnogssenc all all all md5', ask({ transport: 'gss' }), 'no'],
    ['hostquic all all all md5', ask(), 'maybe'],
  ] as const)('type: %s', (text, request, expected) => {
    expect(matchRule(hbaRule(text), request, isMember)).toBe(expected);
  });

  test.each([
    ['host all all 10.0.0.0/8 md5', '10.1.2.3', 'yes'],
    ['host all all 10.0.0.0/8 md5', '11.1.2.3', 'no'],
    ['host all all 10.0.0.0/8 md5', '::1', 'no'],
    ['host all all ::/0 md5', '10.1.2.3', 'no'],
    ['host all all ::/0 md5', 'fd00::7', 'yes'],
    ['host all all all md5', 'fd00::7', 'yes'],
    ['host all all samehost md5', '127.0.0.1', 'yes'],
    ['host all all samehost md5', '10.1.2.3', 'maybe'],
    ['host all all samenet md5', '10.1.2.3', 'maybe'],
    ['host all all .example.com md5', '10.1.2.3', 'maybe'],
  ] as const)('address: %s from %s', (text, from, expected) => {
    expect(matchRule(hbaRule(text), ask({ from }), isMember)).toBe(expected);
  });

  test('a mask with holes may match its own family only', () => {
    const rule = { ...hbaRule('host all all 10.0.0.0/8 md5'), netmask: '255.0.255.0' };
    expect(matchRule(rule, ask(), isMember)).toBe('maybe');
    expect(matchRule(rule, ask({ from: '::1' }), isMember)).toBe('no');
  });

  test.each([
    ['host all all all md5', undefined, 'no'],
    ['host replication all all md5', undefined, 'yes'],
    ['host replication all all md5', 'shop', 'no'],
    ['host replication all all md5', 'replication', 'no'],
    ['host shop,crm all all md5', 'crm', 'yes'],
    ['host sameuser all all md5', 'ann', 'yes'],
    ['host sameuser all all md5', 'shop', 'no'],
    ['host samerole all all md5', 'shop', 'yes'],
    ['host samegroup all all md5', 'crm', 'no'],
    ['host /^s.*p$ all all md5', 'shop', 'yes'],
    ['host /^crm all all md5', 'shop', 'no'],
    ['host /(?<x all all md5', 'shop', 'maybe'],
  ] as const)('database: %s for %j', (text, database, expected) => {
    expect(matchRule(hbaRule(text), ask({ database }), isMember)).toBe(expected);
  });

  test.each([
    ['host all ann all md5', 'yes'],
    ['host all bob all md5', 'no'],
    ['host all +ops all md5', 'yes'],
    ['host all +ann all md5', 'yes'],
    ['host all +dba all md5', 'no'],
    ['host all bob,+ops all md5', 'yes'],
    ['host all /^a all md5', 'yes'],
    ['host all /[ all md5', 'maybe'],
  ] as const)('user: %s for ann', (text, expected) => {
    expect(matchRule(hbaRule(text), ask(), isMember)).toBe(expected);
  });
});

describe('several rules', () => {
  test('the first certain match decides', () => {
    const { rules } = hbaFact('host all bob all trust', 'host all ann 10.0.0.0/8 reject', 'host all all all trust');
    expect(decidingRules(rules, ask(), isMember).map(({ line }) => line)).toEqual([2]);
  });

  test('what may match comes along, and the search goes on', () => {
    const { rules } = hbaFact('host all all db.example reject', 'host all all all trust', 'host all all all md5');
    expect(decidingRules(rules, ask(), isMember).map(({ line }) => line)).toEqual([1, 2]);
  });

  const ruleText = fc
    .tuple(
      fc.constantFrom('host', 'hostssl', 'hostnossl', 'local'),
      fc.constantFrom('all', 'shop', 'replication', 'sameuser'),
      fc.constantFrom('all', 'ann', '+ops', 'bob'),
      fc.constantFrom('all', '10.0.0.0/8', '10.1.0.0/16', '0.0.0.0/0', 'samenet'),
      fc.constantFrom('reject', 'trust', 'scram-sha-256'),
    )
    .map(([type, database, user, address, method]) =>
      type === 'local' ? `local ${database} ${user} ${method}` : `${type} ${database} ${user} ${address} ${method}`,
    );
  const request = fc
    .tuple(
      fc.constantFrom('local', 'plain', 'ssl', 'gss'),
      fc.constantFrom('10.1.2.3', '10.9.9.9', '192.0.2.1', '127.0.0.1', '::1'),
      fc.constantFrom('shop', 'ann', undefined),
      fc.constantFrom('ann', 'bob'),
    )
    .map(([transport, from, database, user]) => ask({ transport, from, database, user }));

  test('the deciding rules are those that match, in order, up to the first certain one', () => {
    fc.assert(
      fc.property(fc.array(ruleText, { maxLength: 8 }), request, (texts, asked) => {
        const { rules } = hbaFact(...texts);
        const matches = rules.map((rule) => matchRule(rule, asked, isMember));
        const end = matches.indexOf('yes');
        const expected = rules.filter((_, index) => matches[index] !== 'no' && (end < 0 || index <= end));
        expect(decidingRules(rules, asked, isMember)).toEqual(expected);
      }),
    );
  });

  test('rules added behind a certain match change nothing', () => {
    fc.assert(
      fc.property(fc.array(ruleText, { maxLength: 6 }), ruleText, request, (texts, last, asked) => {
        const before = decidingRules(
          hbaFact(...texts, 'host all,replication all all md5', 'local all,replication all md5').rules,
          asked,
          isMember,
        );
        const after = decidingRules(
          hbaFact(...texts, 'host all,replication all all md5', 'local all,replication all md5', last).rules,
          asked,
          isMember,
        );
        expect(after).toEqual(before);
      }),
    );
  });
});
