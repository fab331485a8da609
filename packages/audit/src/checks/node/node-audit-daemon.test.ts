import { expect, test } from 'vitest';
import { hardenedNode, judgeNode, type NodeFacts } from '../node.fixture.ts';
import { nodeAuditDaemon } from './node-audit-daemon.ts';

test.each<readonly [string, string, Partial<NodeFacts>]>([
  ['hardened', 'pass', {}],
  [
    'weak: it does not run',
    'fail',
    { 'node.protection': { ...hardenedNode['node.protection'], audit: { isRunning: false, watches: [] } } },
  ],
  [
    'it watches other files',
    'warn',
    { 'node.protection': { ...hardenedNode['node.protection'], audit: { isRunning: true, watches: ['/etc/passwd'] } } },
  ],
  [
    'its rules may not be read',
    'undecided',
    { 'node.protection': { ...hardenedNode['node.protection'], audit: { isRunning: true, watches: null } } },
  ],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(nodeAuditDaemon, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
