import { expect, test } from 'vitest';
import { hardenedNode, judgeNode, nodePackage, type NodeFacts } from '../node.fixture.ts';
import { nodeMinimalInstallation } from './node-minimal-installation.ts';

test.each<readonly [string, string, Partial<NodeFacts>]>([
  ['hardened', 'pass', {}],
  [
    'weak: telnet',
    'fail',
    {
      'node.packages': {
        ...hardenedNode['node.packages'],
        groups: { ...hardenedNode['node.packages'].groups, forbidden: [nodePackage('telnetd', '1')] },
      },
    },
  ],
  [
    'a compiler',
    'warn',
    {
      'node.packages': {
        ...hardenedNode['node.packages'],
        groups: { ...hardenedNode['node.packages'].groups, toolchain: [nodePackage('g++', '1')] },
      },
    },
  ],
  [
    'a desktop',
    'warn',
    {
      'node.packages': {
        ...hardenedNode['node.packages'],
        groups: { ...hardenedNode['node.packages'].groups, desktop: [nodePackage('xserver-xorg', '1')] },
      },
    },
  ],
  ['no package manager', 'undecided', { 'node.packages': { ...hardenedNode['node.packages'], manager: null } }],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(nodeMinimalInstallation, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
