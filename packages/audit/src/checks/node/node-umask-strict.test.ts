import { expect, test } from 'vitest';
import { hardenedNode, judgeNode, type NodeFacts } from '../node.fixture.ts';
import { nodeUmaskStrict } from './node-umask-strict.ts';

test.each<readonly [string, string, Partial<NodeFacts>]>([
  ['hardened', 'pass', {}],
  [
    'weak: the default of most systems',
    'warn',
    { 'node.services': { ...hardenedNode['node.services'], profileUmasks: { '/etc/profile': '022' } } },
  ],
  ['027', 'pass', { 'node.services': { ...hardenedNode['node.services'], profileUmasks: { '/etc/profile': '0027' } } }],
  [
    'nothing is set',
    'undecided',
    { 'node.services': { ...hardenedNode['node.services'], units: null, profileUmasks: {} } },
  ],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(nodeUmaskStrict, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
