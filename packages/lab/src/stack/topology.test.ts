import { describe, expect, test } from 'vitest';
import { completeOptions } from './lab-options.ts';
import { buildTopology, getHost, hostsOf } from './topology.ts';

describe('the topology', () => {
  test('has three members, three etcd hosts and a monitoring host when nothing is said', () => {
    const topology = buildTopology(completeOptions({}));
    expect(hostsOf(topology).map(({ name, address }) => `${name} ${address}`)).toEqual([
      'pg-test-1 198.51.100.11',
      'pg-test-2 198.51.100.12',
      'pg-test-3 198.51.100.13',
      'etcd-1 198.51.100.21',
      'etcd-2 198.51.100.22',
      'etcd-3 198.51.100.23',
      'mon 198.51.100.10',
    ]);
    expect(topology.standbyMembers).toEqual([]);
  });

  test('runs etcd on the nodes themselves when there are two, and on the arbiter', () => {
    const two = buildTopology(completeOptions({ nodes: 2 }));
    expect(two.etcd.map(({ name }) => name)).toEqual(['pg-test-1', 'pg-test-2']);
    expect(hostsOf(two).map(({ name }) => name)).toEqual(['pg-test-1', 'pg-test-2', 'mon']);
    const arbiter = buildTopology(completeOptions({ nodes: 2, arbiter: true }));
    expect(arbiter.etcd.map(({ name }) => name)).toEqual(['pg-test-1', 'pg-test-2', 'arbiter']);
    expect(arbiter.options.etcdMembers).toBe(3);
  });

  test('adds a standby cluster with a cascading replica', () => {
    const topology = buildTopology(completeOptions({ standbyCluster: { delaySeconds: 3600 }, nodes: 5 }));
    expect(topology.members).toHaveLength(5);
    expect(topology.standbyMembers).toEqual([
      { name: 'pg-testb-1', address: '198.51.100.31', cluster: 'pg-testb', sequence: 1 },
      { name: 'pg-testb-2', address: '198.51.100.32', cluster: 'pg-testb', sequence: 2 },
    ]);
    const addresses = hostsOf(topology).map(({ address }) => address);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  test('lives in 127/8 on plain loopback', () => {
    expect(buildTopology(completeOptions({ isolation: 'loopback' })).monitor.address).toBe('127.0.0.10');
  });

  test.each([
    [{ cluster: 'pg test' }, '--cluster pg test'],
    [{ cluster: 'etcd' }, 'name of other hosts'],
    [{ subnet: '198.51' }, '--subnet 198.51'],
    [{ subnet: '198.51.300' }, '--subnet 198.51.300'],
    [{ subnet: '127.0.0' }, 'namespaces need any other network'],
    [{ isolation: 'loopback', subnet: '198.51.100' }, '--isolation loopback needs 127.x.y'],
    [{ arbiter: true }, '--arbiter is for --nodes 2'],
    [{ nodes: 2, etcdMembers: 3 }, 'leave --etcd out'],
    [{ etcdMembers: 2 }, '--etcd is 1 or 3'],
  ] as const)('refuses %j and says why', (options, words) => {
    expect(() => buildTopology(completeOptions(options))).toThrow(words);
  });

  test('names its hosts when an unknown one is asked for', () => {
    expect(() => getHost(buildTopology(completeOptions({})), 'pg-test-9')).toThrow(
      'the lab has no host pg-test-9; it has pg-test-1, pg-test-2',
    );
  });
});
