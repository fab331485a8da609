import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadAuditConfig } from './load.ts';
import { sharingOf } from './sharing.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-sharing-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const load = async (sharing: string, namespace = '/patroni') => {
  const file = join(directory, 'audit.yml');
  const etcd = `{ members: [{ name: etcd-1, url: 'http://10.0.0.1:2379' }], namespace: ${namespace} }`;
  const members = "[{ name: pg-1, dsn: 'host=10.0.0.1' }]";
  await writeFile(file, `clusters:\n  - { name: pg, members: ${members}, etcd: ${etcd} }\nsharing: ${sharing}\n`);
  return loadAuditConfig(file, { checks: [], frameworks: [] });
};
const endpoints = "endpoints: ['https://10.0.0.1:2379']";

describe('sharing', () => {
  it('has its defaults, and files beside the configuration', async () => {
    const { sharing, base } = await load(`{ ${endpoints}, ca: ca.crt, user: auditor, password_file: etcd.password }`);
    expect(sharing).toBeDefined();
    if (sharing === undefined) return;
    expect(sharingOf(sharing, base)).toMatchObject({
      endpoints: ['https://10.0.0.1:2379'],
      caFile: join(directory, 'ca.crt'),
      passwordFile: join(directory, 'etcd.password'),
      prefix: '/pgattest/audit',
      ttlMs: 30_000,
    });
  });

  it.each([
    ['the namespace of a cluster', 'prefix: /patroni', '/patroni'],
    ['below it', 'prefix: /patroni/audit', 'patroni/'],
    ['above it', 'prefix: /patroni', '/patroni/prod'],
    ['the namespace that auditors would be registered in', 'prefix: /x', '/x-members'],
    ["Pigsty's namespace, whoever declares it", 'prefix: /pg/audit', '/other'],
    ["Patroni's own default", 'prefix: /service', '/other'],
  ])('never writes among the keys of Patroni: %s', async (_, prefix, namespace) => {
    await expect(load(`{ ${endpoints}, ${prefix} }`, namespace)).rejects.toThrow(
      /audit\.yml:3:\d+ \/sharing\/prefix .* would write among the keys of Patroni/,
    );
  });

  it('takes a prefix that only begins like a namespace', async () => {
    await expect(load(`{ ${endpoints}, prefix: /pgattest/audit }`, '/pgat')).resolves.toBeDefined();
  });

  it.each([
    ['ttl: 1s', /\/sharing\/ttl .*5s to 10m/],
    ['ttl: 1h', /\/sharing\/ttl .*5s to 10m/],
    ['user: auditor', /needs both user and password_file/],
    ['key: auditor.key', /needs both cert and key/],
    ['prefix: audit', /\/sharing\/prefix/],
  ])('refuses %s with the place', async (more, problem) => {
    await expect(load(`{ ${endpoints}, ${more} }`)).rejects.toThrow(problem);
  });
});
