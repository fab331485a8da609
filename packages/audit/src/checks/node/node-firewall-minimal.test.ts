import { expect, test } from 'vitest';
import { judgeNode, type NodeFacts } from '../node.fixture.ts';
import { nodeFirewallMinimal } from './node-firewall-minimal.ts';

test.each<readonly [string, string, Partial<NodeFacts>]>([
  ['hardened', 'pass', {}],
  [
    'weak: a rule accepts everything',
    'warn',
    {
      'node.firewall': {
        tool: 'nft',
        firewalld: null,
        inputs: [{ family: 'inet', isDefaultDeny: true, acceptsAny: true, rules: 3 }],
      },
    },
  ],
  [
    'very many rules',
    'warn',
    {
      'node.firewall': {
        tool: 'nft',
        firewalld: null,
        inputs: [{ family: 'inet', isDefaultDeny: true, acceptsAny: false, rules: 900 }],
      },
    },
  ],
  ['no rules', 'not_applicable', { 'node.firewall': { tool: 'nft', firewalld: null, inputs: [] } }],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(nodeFirewallMinimal, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
