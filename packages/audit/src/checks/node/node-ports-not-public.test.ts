import { expect, test } from 'vitest';
import { judgeNode, type NodeFacts } from '../node.fixture.ts';
import { nodePortsNotPublic } from './node-ports-not-public.ts';

const listen = (
  address: string,
  port = 5432,
  protocol: 'tcp' | 'tcp6' | 'udp' = 'tcp',
): NodeFacts['node.listeners'][number] => ({
  protocol,
  address,
  port,
  user: 'postgres',
  process: 'postgres',
  raw: '0100000A:1538',
});
const without: NodeFacts['node.firewall'] = { tool: null, inputs: [], firewalld: null };
const judge = (
  listeners: NodeFacts['node.listeners'],
  { firewall, outside = {} }: { readonly firewall?: NodeFacts['node.firewall']; readonly outside?: object } = {},
) =>
  judgeNode(
    nodePortsNotPublic,
    { 'node.listeners': listeners, ...(firewall === undefined ? {} : { 'node.firewall': firewall }) },
    { outside },
  ).outcome;

test.each<readonly [string, NodeFacts['node.listeners'], Parameters<typeof judge>[1], string]>([
  ['hardened: only loopback', [listen('127.0.0.1'), listen('::1', 5432, 'tcp6')], { firewall: without }, 'pass'],
  ['hardened: tried from outside and refused', [listen('10.0.0.1')], { outside: { 'pg-test-1': 'refused' } }, 'pass'],
  ['another service on a public address', [listen('203.0.113.5', 22)], { firewall: without }, 'pass'],
  ['weak: a public address without a firewall', [listen('203.0.113.5')], { firewall: without }, 'fail'],
  [
    'weak: the same, whatever is declared',
    [listen('203.0.113.5')],
    { firewall: without, outside: { 'pg-test-1': 'refused' } },
    'fail',
  ],
  ['weak: a public IPv6 address', [listen('2001:db8::5', 5432, 'tcp6')], { firewall: without }, 'fail'],
  ['weak: reached from outside', [listen('10.0.0.1')], { outside: { 'pg-test-1': 'reached' } }, 'fail'],
  ['a private address that nobody tried', [listen('10.0.0.1')], {}, 'manual'],
  ['every address, behind a firewall that nobody tried', [listen('0.0.0.0')], {}, 'manual'],
  ['a trial of another host', [listen('10.0.0.1')], { outside: { 'pg-test-2': 'refused' } }, 'manual'],
  ['nothing was seen', [], {}, 'undecided'],
])('%s: %s', (_, listeners, rest, outcome) => {
  expect(judge(listeners, rest)).toBe(outcome);
});
