import { expect, test } from 'vitest';
import { hardenedNode, judgeNode, type NodeFacts } from '../node.fixture.ts';
import { nodeExtensionFilesOwned } from './node-extension-files-owned.ts';

test.each<readonly [string, string, Partial<NodeFacts>]>([
  ['hardened', 'pass', {}],
  [
    "weak: the server's own",
    'fail',
    {
      'node.libraries': {
        ...hardenedNode['node.libraries'],
        libDir: { path: '/usr/pgsql-17/lib', mode: '0755', owner: 'postgres' },
      },
    },
  ],
  [
    'open to all',
    'fail',
    {
      'node.libraries': {
        ...hardenedNode['node.libraries'],
        extensionDir: { path: '/usr/pgsql-17/share/extension', mode: '0777', owner: 'root' },
      },
    },
  ],
  ['not found', 'undecided', { 'node.libraries': { ...hardenedNode['node.libraries'], extensionDir: null } }],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(nodeExtensionFilesOwned, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
