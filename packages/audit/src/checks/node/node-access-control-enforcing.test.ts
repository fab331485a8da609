import { expect, test } from 'vitest';
import { judgeNode, type NodeFacts } from '../node.fixture.ts';
import { nodeAccessControlEnforcing } from './node-access-control-enforcing.ts';

test.each<readonly [string, string, Partial<NodeFacts>]>([
  ['hardened', 'pass', {}],
  ['weak: none', 'fail', { 'node.access-control': { selinux: null, isApparmorEnabled: false, serverLabel: null } }],
  [
    'permissive',
    'warn',
    { 'node.access-control': { selinux: 'permissive', isApparmorEnabled: false, serverLabel: null } },
  ],
  [
    'AppArmor with a profile',
    'pass',
    { 'node.access-control': { selinux: null, isApparmorEnabled: true, serverLabel: '/usr/lib/postgresql (enforce)' } },
  ],
  [
    'AppArmor without one',
    'warn',
    { 'node.access-control': { selinux: null, isApparmorEnabled: true, serverLabel: 'unconfined' } },
  ],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(nodeAccessControlEnforcing, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
