import { expect, test } from 'vitest';
import { etcdConfigFact } from '../etcd.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { etcdListenAddresses } from './etcd-listen-addresses.ts';

const judge = (settings: Readonly<Record<string, string>> | null) =>
  etcdListenAddresses.evaluate({ 'node.etcd-config': settings === null ? null : etcdConfigFact(settings) }, {}, seenAt);

test.each([
  ['hardened', 'pass', { 'listen-client-urls': 'https://10.0.1.1:2379,http://127.0.0.1:2379' }],
  ['metrics on the inner network', 'pass', { 'listen-metrics-urls': 'http://10.0.1.1:2381' }],
  ['the defaults', 'pass', {}],
  ['every interface', 'warn', { 'listen-client-urls': 'https://0.0.0.0:2379' }],
  ['every interface over IPv6', 'warn', { 'listen-peer-urls': 'https://[::]:2380' }],
  ['weak: plain HTTP', 'fail', { 'listen-client-urls': 'http://10.0.1.1:2379' }],
  ['plain metrics for everybody', 'fail', { 'listen-metrics-urls': 'http://0.0.0.0:2381' }],
  ['a node without etcd', 'not_applicable', null],
] as const)('%s: %s', (_, outcome, settings) => {
  expect(judge(settings).outcome).toBe(outcome);
});
