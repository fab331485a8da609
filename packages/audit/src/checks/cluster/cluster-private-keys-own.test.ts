import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import type { Observation } from '../../probe.ts';
import { privateKey, privateKeysFact } from '../private-keys.fixture.ts';
import { ok, seenAt, unreachable } from '../settings.fixture.ts';
import { clusterPrivateKeysOwn } from './cluster-private-keys-own.ts';

type Keys = Observation<FactMap['node.private-keys']>;
const judge = (...nodes: readonly Keys[]) =>
  clusterPrivateKeysOwn.evaluate(
    { 'node.private-keys': new Map(nodes.map((node, index) => [`pg-test-${index + 1}.node`, node])) },
    {},
    seenAt,
  );
const host = (...hashes: readonly (string | null)[]): Keys =>
  ok(privateKeysFact(...hashes.map((publicKey, index) => privateKey(`/pg/cert/${index}.key`, { publicKey }))));

test.each<readonly [string, string, readonly Keys[]]>([
  ['hardened', 'pass', [host('aa'), host('bb')]],
  ['several services of one host share a key', 'pass', [host('aa', 'aa'), host('bb')]],
  ['weak: one key on two hosts', 'warn', [host('aa'), host('aa')]],
  ['a host did not answer', 'undecided', [host('aa'), unreachable]],
  ['a key is encrypted', 'undecided', [host('aa'), host(null)]],
  ['no keys at all', 'not_applicable', [host(), host()]],
])('%s: %s', (_, outcome, nodes) => {
  expect(judge(...nodes).outcome).toBe(outcome);
});
