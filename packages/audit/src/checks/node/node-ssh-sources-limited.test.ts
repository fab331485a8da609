import { expect, test } from 'vitest';
import { judgeNode, type NodeFacts } from '../node.fixture.ts';
import { nodeSshSourcesLimited } from './node-ssh-sources-limited.ts';

test.each<readonly [string, string, Partial<NodeFacts>]>([
  ['hardened', 'pass', {}],
  [
    'weak: anybody, everywhere',
    'fail',
    {
      'node.ssh-server': { isInstalled: true, settings: {} },
      'node.firewall': {
        tool: 'nft',
        firewalld: null,
        inputs: [{ family: 'inet', isDefaultDeny: false, acceptsAny: false, rules: 0 }],
      },
      'node.listeners': [
        { protocol: 'tcp', address: '0.0.0.0', port: 22, user: 'root', process: 'sshd', raw: '00000000:0016' },
      ],
    },
  ],
  [
    'anybody who reaches one address',
    'warn',
    {
      'node.ssh-server': { isInstalled: true, settings: {} },
      'node.firewall': {
        tool: 'nft',
        firewalld: null,
        inputs: [{ family: 'inet', isDefaultDeny: false, acceptsAny: false, rules: 0 }],
      },
    },
  ],
  ['behind a firewall', 'warn', { 'node.ssh-server': { isInstalled: true, settings: {} } }],
  [
    'a user without an address',
    'warn',
    { 'node.ssh-server': { isInstalled: true, settings: { allowusers: 'dba@10.0.0.9 root' } } },
  ],
  [
    'loopback only',
    'pass',
    {
      'node.ssh-server': { isInstalled: true, settings: {} },
      'node.firewall': {
        tool: 'nft',
        firewalld: null,
        inputs: [{ family: 'inet', isDefaultDeny: false, acceptsAny: false, rules: 0 }],
      },
      'node.listeners': [
        { protocol: 'tcp', address: '127.0.0.1', port: 22, user: 'root', process: 'sshd', raw: '0100007F:0016' },
      ],
    },
  ],
  ['no SSH server', 'not_applicable', { 'node.listeners': [] }],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(nodeSshSourcesLimited, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
