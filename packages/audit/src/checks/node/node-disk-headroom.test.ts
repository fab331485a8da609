import { expect, test } from 'vitest';
import { hardenedNode, judgeNode, type NodeFacts } from '../node.fixture.ts';
import { nodeDiskHeadroom } from './node-disk-headroom.ts';

test.each<readonly [string, string, Partial<NodeFacts>]>([
  ['hardened', 'pass', {}],
  [
    'weak: nearly full',
    'fail',
    { 'node.volumes': hardenedNode['node.volumes'].map((volume) => ({ ...volume, availableBytes: 50 })) },
  ],
  [
    'filling',
    'warn',
    { 'node.volumes': hardenedNode['node.volumes'].map((volume) => ({ ...volume, availableBytes: 150 })) },
  ],
  [
    'no inodes left',
    'fail',
    { 'node.volumes': hardenedNode['node.volumes'].map((volume) => ({ ...volume, availableInodes: 1 })) },
  ],
  [
    'a file system that counts no inodes',
    'pass',
    { 'node.volumes': hardenedNode['node.volumes'].map((volume) => ({ ...volume, inodes: 0, availableInodes: 0 })) },
  ],
  ['the data folder was not seen', 'undecided', { 'node.volumes': [] }],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(nodeDiskHeadroom, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
