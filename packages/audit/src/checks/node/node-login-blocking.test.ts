import { expect, test } from 'vitest';
import { hardenedNode, judgeNode, type NodeFacts } from '../node.fixture.ts';
import { nodeLoginBlocking } from './node-login-blocking.ts';

test.each<readonly [string, string, Partial<NodeFacts>]>([
  ['hardened', 'pass', {}],
  [
    'weak: nothing',
    'fail',
    { 'node.protection': { ...hardenedNode['node.protection'], isFail2banRunning: false, jails: null } },
  ],
  ['sshd alone', 'warn', { 'node.protection': { ...hardenedNode['node.protection'], jails: ['sshd'] } }],
  ['it does not tell', 'undecided', { 'node.protection': { ...hardenedNode['node.protection'], jails: null } }],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(nodeLoginBlocking, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
