import { expect, test } from 'vitest';
import { judgeNode, type NodeFacts } from '../node.fixture.ts';
import { nodeListenersExpected } from './node-listeners-expected.ts';

test.each<readonly [string, string, Partial<NodeFacts>]>([
  ['hardened', 'pass', {}],
  [
    'weak: telnet',
    'fail',
    {
      'node.listeners': [
        { protocol: 'tcp', address: '0.0.0.0', port: 23, user: 'root', process: 'inetd', raw: '00000000:0017' },
      ],
    },
  ],
  [
    'something unknown',
    'warn',
    {
      'node.listeners': [
        { protocol: 'tcp', address: '0.0.0.0', port: 4444, user: 'root', process: null, raw: '00000000:115C' },
      ],
    },
  ],
  [
    'unknown, for this host alone',
    'pass',
    {
      'node.listeners': [
        { protocol: 'tcp', address: '127.0.0.1', port: 4444, user: 'root', process: null, raw: '0100007F:115C' },
      ],
    },
  ],
  [
    'answers of UDP',
    'pass',
    {
      'node.listeners': [
        { protocol: 'udp', address: '0.0.0.0', port: 40000, user: 'root', process: null, raw: '00000000:9C40' },
      ],
    },
  ],
  ['nothing was seen', 'undecided', { 'node.listeners': [] }],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(nodeListenersExpected, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
