import { expect, test } from 'vitest';
import { judgeNode, type NodeFacts } from '../node.fixture.ts';
import { settingsFact } from '../settings.fixture.ts';
import { pgListenAddresses } from './pg-listen-addresses.ts';

test.each<readonly [string, string, Partial<NodeFacts>]>([
  ['hardened', 'pass', {}],
  [
    'weak: everywhere, without a firewall',
    'fail',
    {
      'pg.settings': settingsFact({ listen_addresses: '*' }),
      'node.firewall': { tool: null, inputs: [], firewalld: null },
    },
  ],
  ['everywhere, behind a firewall', 'warn', { 'pg.settings': settingsFact({ listen_addresses: '0.0.0.0' }) }],
  [
    'everywhere, with rules that let all in',
    'fail',
    {
      'pg.settings': settingsFact({ listen_addresses: '127.0.0.1, ::' }),
      'node.firewall': {
        tool: 'nft',
        firewalld: null,
        inputs: [{ family: 'inet', isDefaultDeny: false, acceptsAny: false, rules: 0 }],
      },
    },
  ],
  ['the socket only', 'pass', { 'pg.settings': settingsFact({ listen_addresses: '' }) }],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(pgListenAddresses, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
