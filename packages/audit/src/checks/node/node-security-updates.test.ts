import { expect, test } from 'vitest';
import { hardenedNode, judgeNode, type NodeFacts } from '../node.fixture.ts';
import { nodeSecurityUpdates } from './node-security-updates.ts';

test.each<readonly [string, string, Partial<NodeFacts>]>([
  ['hardened', 'pass', {}],
  [
    'weak: many are pending',
    'fail',
    {
      'node.updates': {
        ...hardenedNode['node.updates'],
        securityCount: 21,
        pendingCount: 21,
        pending: [{ name: 'openssl', installed: '3.0.1', candidate: '3.0.2', isSecurity: true }],
      },
    },
  ],
  [
    'one is pending',
    'warn',
    {
      'node.updates': {
        ...hardenedNode['node.updates'],
        securityCount: 1,
        pendingCount: 1,
        pending: [{ name: 'openssl', installed: '3.0.1', candidate: '3.0.2', isSecurity: true }],
      },
    },
  ],
  ['a restart is due', 'warn', { 'node.updates': { ...hardenedNode['node.updates'], needsReboot: true } }],
  [
    'the lists are old',
    'undecided',
    { 'node.updates': { ...hardenedNode['node.updates'], listsUpdatedAt: '2026-11-01T00:00:00.000Z' } },
  ],
  [
    'the lists were never fetched',
    'undecided',
    { 'node.updates': { ...hardenedNode['node.updates'], listsUpdatedAt: null } },
  ],
  ['no package manager', 'undecided', { 'node.updates': { ...hardenedNode['node.updates'], manager: null } }],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(nodeSecurityUpdates, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
