import { expect, test } from 'vitest';
import { hardenedNode, judgeNode, type NodeFacts } from '../node.fixture.ts';
import { nodeFirewallDefaultDeny } from './node-firewall-default-deny.ts';

test.each<readonly [string, string, Partial<NodeFacts>]>([
  ['hardened', 'pass', {}],
  [
    'weak: the policy accepts',
    'fail',
    {
      'node.firewall': {
        tool: 'nft',
        firewalld: null,
        inputs: [{ family: 'inet', isDefaultDeny: false, acceptsAny: false, rules: 0 }],
      },
    },
  ],
  [
    'a rule accepts everything',
    'fail',
    {
      'node.firewall': {
        tool: 'nft',
        firewalld: null,
        inputs: [{ family: 'inet', isDefaultDeny: true, acceptsAny: true, rules: 3 }],
      },
    },
  ],
  [
    'for IPv6 only',
    'fail',
    {
      'node.firewall': {
        tool: 'nft',
        firewalld: null,
        inputs: [{ family: 'ip6', isDefaultDeny: true, acceptsAny: false, rules: 3 }],
      },
    },
  ],
  ['no program', 'fail', { 'node.firewall': { tool: null, inputs: [], firewalld: null } }],
  [
    'a zone trusts every private network',
    'warn',
    {
      'node.firewall': {
        ...hardenedNode['node.firewall'],
        firewalld: { defaultZone: 'public', trustedSources: ['10.0.0.0/8'] },
      },
    },
  ],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(nodeFirewallDefaultDeny, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
