import { expect, test } from 'vitest';
import type { Json } from '../../redact-document.ts';
import { patroniYmlFact } from '../patroni.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { patroniAllowlist } from './patroni-allowlist.ts';

const judge = (restapi: Json | null) =>
  patroniAllowlist.evaluate(
    { 'node.patroni-yml': restapi === null ? null : patroniYmlFact({ restapi }) },
    patroniAllowlist.params,
    seenAt,
  );

test.each([
  ['hardened: addresses', 'pass', { allowlist: ['10.0.0.1', '10.0.0.10/32'] }],
  ['the members alone', 'pass', { allowlist_include_members: true }],
  ['a list in one text', 'pass', { allowlist: '10.0.0.1,10.0.0.2' }],
  ['weak: none', 'fail', {}],
  ['everybody', 'fail', { allowlist: ['0.0.0.0/0'] }],
  ['everybody over IPv6', 'fail', { allowlist: ['::/0', '10.0.0.1'] }],
  ['a whole network', 'warn', { allowlist: ['10.0.0.0/8'] }],
  ['a node without Patroni', 'not_applicable', null],
] as const)('%s: %s', (_, outcome, restapi) => {
  expect(judge(restapi).outcome).toBe(outcome);
});

test('the evidence is the value as JSON', () => {
  expect(evidenceLines(judge({ allowlist: ['10.0.0.1'] }))).toEqual([
    'restapi.allowlist=["10.0.0.1"]',
    'restapi.allowlist_include_members=null',
  ]);
});
