import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { privateKey, privateKeysFact } from '../private-keys.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { nodePrivateKeysProtected } from './node-private-keys-protected.ts';

type Key = FactMap['node.private-keys']['keys'][number];
const path = '/pg/cert/server.key';
const judge = (...keys: readonly Key[]) =>
  nodePrivateKeysProtected.evaluate(
    { 'node.private-keys': privateKeysFact(...keys) },
    nodePrivateKeysProtected.params,
    seenAt,
  );

test.each<readonly [string, string, Partial<Key>]>([
  ['hardened', 'pass', {}],
  ["root's, for one group", 'pass', { mode: '0640', owner: 'root' }],
  ['weak: anybody reads it', 'fail', { mode: '0644' }],
  ['the group reads it', 'fail', { mode: '0640' }],
  ["root's, and the group writes it", 'fail', { mode: '0660', owner: 'root' }],
  ['weak: the key of the authority', 'fail', { isAuthority: true, usedBy: 'nobody' }],
  ['of an account that runs no service', 'warn', { owner: 'alice' }],
  ['may not be looked at', 'undecided', { state: 'denied' }],
])('%s: %s', (_, outcome, changes) => {
  expect(judge(privateKey(path, changes)).outcome).toBe(outcome);
});

test('the evidence is what stat prints', () => {
  expect(evidenceLines(judge(privateKey(path)))).toEqual([`${path}=600 postgres:postgres`]);
});

test('a host without keys has none to protect', () => {
  expect(judge().outcome).toBe('not_applicable');
});
