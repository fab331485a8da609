import { expect, test } from 'vitest';
import { hardenedNode, judgeNode, type NodeFacts } from '../node.fixture.ts';
import { nodeFileIntegrity } from './node-file-integrity.ts';

test.each<readonly [string, string, Partial<NodeFacts>]>([
  ['hardened', 'pass', {}],
  ['weak: nothing', 'fail', { 'node.protection': { ...hardenedNode['node.protection'], agents: [] } }],
  [
    'AIDE',
    'pass',
    {
      'node.protection': {
        ...hardenedNode['node.protection'],
        agents: [],
        integrityDatabaseAt: '2026-11-01T00:00:00.000Z',
      },
    },
  ],
  [
    'an old database',
    'warn',
    {
      'node.protection': {
        ...hardenedNode['node.protection'],
        agents: [],
        integrityDatabaseAt: '2026-01-01T00:00:00.000Z',
      },
    },
  ],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(nodeFileIntegrity, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
