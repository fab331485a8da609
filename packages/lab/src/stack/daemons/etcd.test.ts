import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { accessSteps } from './etcd-access.ts';
import { renderEtcdConfig } from './etcd.ts';
import { fixtureMaterials, fixtureSecrets } from './materials.fixture.ts';

it('asks clients and peers for certificates, and leaves only metrics without TLS', () => {
  const materials = fixtureMaterials();
  const [first] = materials.topology.etcd;
  if (first === undefined) throw new Error('no etcd member');
  expect(parse(renderEtcdConfig(materials, first))).toMatchObject({
    name: 'etcd-1',
    'data-dir': '/lab/etcd-1/etcd/data',
    'listen-client-urls': 'https://198.51.100.21:2379',
    'listen-metrics-urls': 'http://198.51.100.21:2381',
    'initial-cluster':
      'etcd-1=https://198.51.100.21:2380,etcd-2=https://198.51.100.22:2380,etcd-3=https://198.51.100.23:2380',
    'enable-grpc-gateway': true,
    'auto-compaction-retention': '24h',
    'client-transport-security': {
      'cert-file': '/lab/etcd-1/pki-etcd/server.crt',
      'trusted-ca-file': '/lab/etcd-1/pki-etcd/ca.crt',
    },
    'peer-transport-security': { 'client-cert-auth': true },
  });
});

it('does not take the common name of a client for a login, which Patroni could not use', () => {
  const materials = fixtureMaterials();
  const [first] = materials.topology.etcd;
  if (first === undefined) throw new Error('no etcd member');
  const config: unknown = parse(renderEtcdConfig(materials, first));
  expect(config).not.toHaveProperty(['client-transport-security', 'client-cert-auth']);
});

it('gives each cluster a user that reaches its own keys only, and switches access control on last', () => {
  const steps = accessSteps(fixtureMaterials({ standbyCluster: { delaySeconds: 0 } }));
  const lines = steps.map(({ args }) => args.join(' '));
  expect(lines).toContain('role grant-permission pg-test --prefix=true readwrite /pg/pg-test/');
  expect(lines).toContain('role grant-permission pg-testb --prefix=true readwrite /pg/pg-testb/');
  expect(lines.at(-1)).toBe('auth enable');
  expect(lines.indexOf('user grant-role root root')).toBeLessThan(lines.indexOf('auth enable'));
  expect(lines.join('\n')).not.toContain('secret');
  expect(steps.flatMap(({ password }) => password ?? [])).toEqual([
    fixtureSecrets.etcdRoot,
    fixtureSecrets.etcdPatroni,
    fixtureSecrets.etcdPatroni,
  ]);
});
