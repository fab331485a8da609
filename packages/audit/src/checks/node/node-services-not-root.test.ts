import { expect, test } from 'vitest';
import { judgeNode, type NodeFacts } from '../node.fixture.ts';
import { nodeServicesNotRoot } from './node-services-not-root.ts';

test.each<readonly [string, string, Partial<NodeFacts>]>([
  ['hardened, a supervisor of HAProxy being root', 'pass', {}],
  [
    'weak: HAProxy without user',
    'fail',
    {
      'node.processes': [
        { name: 'haproxy', user: 'root', count: 2 },
        { name: 'postgres', user: 'postgres', count: 9 },
      ],
    },
  ],
  ['none of them runs', 'undecided', { 'node.processes': [{ name: 'bash', user: 'root', count: 2 }] }],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(nodeServicesNotRoot, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
