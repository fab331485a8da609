import { expect, test } from 'vitest';
import { hardenedNode, judgeNode, type NodeFacts } from '../node.fixture.ts';
import { nodeLibrariesTrusted } from './node-libraries-trusted.ts';

test.each<readonly [string, string, Partial<NodeFacts>]>([
  ['hardened', 'pass', {}],
  [
    'weak: the server may replace it',
    'fail',
    {
      'node.libraries': {
        ...hardenedNode['node.libraries'],
        loose: [{ path: '/usr/pgsql-17/lib/x.so', mode: '0755', owner: 'postgres' }],
      },
    },
  ],
  [
    'of no package',
    'warn',
    { 'node.libraries': { ...hardenedNode['node.libraries'], unpackaged: ['/usr/pgsql-17/lib/x.so'] } },
  ],
  ['no libraries were found', 'undecided', { 'node.libraries': { ...hardenedNode['node.libraries'], files: 0 } }],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(nodeLibrariesTrusted, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
