import { expect, test } from 'vitest';
import { judgeNode, type NodeFacts } from '../node.fixture.ts';
import { nodeIpv6Covered } from './node-ipv6-covered.ts';

test.each<readonly [string, string, Partial<NodeFacts>]>([
  [
    'hardened',
    'pass',
    {
      'node.listeners': [
        {
          protocol: 'tcp6',
          address: '::',
          port: 5432,
          user: 'postgres',
          process: 'postgres',
          raw: '00000000000000000000000000000000:1538',
        },
      ],
    },
  ],
  [
    'weak: rules for IPv4 alone',
    'fail',
    {
      'node.listeners': [
        {
          protocol: 'tcp6',
          address: '::',
          port: 5432,
          user: 'postgres',
          process: 'postgres',
          raw: '00000000000000000000000000000000:1538',
        },
      ],
      'node.firewall': {
        tool: 'nft',
        firewalld: null,
        inputs: [{ family: 'ip', isDefaultDeny: true, acceptsAny: false, rules: 3 }],
      },
    },
  ],
  [
    'no rules at all',
    'warn',
    {
      'node.listeners': [
        {
          protocol: 'tcp6',
          address: '::',
          port: 5432,
          user: 'postgres',
          process: 'postgres',
          raw: '00000000000000000000000000000000:1538',
        },
      ],
      'node.firewall': { tool: 'nft', firewalld: null, inputs: [] },
    },
  ],
  ['nothing listens', 'not_applicable', {}],
  [
    'switched off',
    'not_applicable',
    {
      'node.listeners': [
        {
          protocol: 'tcp6',
          address: '::',
          port: 5432,
          user: 'postgres',
          process: 'postgres',
          raw: '00000000000000000000000000000000:1538',
        },
      ],
      'node.kernel': { sysctl: { 'net.ipv6.conf.all.disable_ipv6': '1' }, swaps: [], coreLimit: null },
    },
  ],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(nodeIpv6Covered, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
