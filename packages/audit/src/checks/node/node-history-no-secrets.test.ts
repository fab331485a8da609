import { expect, test } from 'vitest';
import { judgeNode, type NodeFacts } from '../node.fixture.ts';
import { nodeHistoryNoSecrets } from './node-history-no-secrets.ts';

test.each<readonly [string, string, Partial<NodeFacts>]>([
  ['hardened', 'pass', {}],
  [
    'weak: a password was typed',
    'fail',
    { 'node.shell-histories': [{ path: '/root/.bash_history', state: 'kept', mode: '0600', secretLines: 2 }] },
  ],
  [
    'a history without secrets',
    'warn',
    { 'node.shell-histories': [{ path: '/root/.bash_history', state: 'kept', mode: '0600', secretLines: 0 }] },
  ],
  ['it may not be read', 'undecided', { 'node.shell-histories': [{ path: '/root/.bash_history', state: 'denied' }] }],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(nodeHistoryNoSecrets, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
