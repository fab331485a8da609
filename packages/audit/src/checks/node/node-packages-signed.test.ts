import { expect, test } from 'vitest';
import { judgeNode, type NodeFacts } from '../node.fixture.ts';
import { nodePackagesSigned } from './node-packages-signed.ts';

test.each<readonly [string, string, Partial<NodeFacts>]>([
  ['hardened', 'pass', {}],
  [
    'weak: trusted without a signature',
    'fail',
    {
      'node.repositories': {
        manager: 'apt',
        sources: [{ file: '/etc/apt/sources.list', line: 2, host: 'mirror.test', isVerified: false }],
      },
    },
  ],
  ['no sources', 'not_applicable', { 'node.repositories': { manager: 'apt', sources: [] } }],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(nodePackagesSigned, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
