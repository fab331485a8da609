import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clusterInventory } from './inventory.ts';

const servers: Server[] = [];
let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-inventory-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
  await Promise.all(
    servers.splice(0).map(async (server) => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }),
  );
});

/** Answers each path with its text, anything else with 404. */
async function serve(answers: Readonly<Record<string, string>>): Promise<{ readonly url: string }> {
  const server = createServer((request, response) => {
    const text = answers[request.url ?? ''];
    response.writeHead(text === undefined ? 404 : 200).end(text);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}` };
}

const declared = [{ name: 'pg-test-1', host: '10.0.0.1', port: 5432, role: null }];
const signal = AbortSignal.timeout(60_000);
const context = { cluster: 'pg-test', declared, standbyCluster: undefined, signal };
const refusing = { host: 'pg-test-1', target: { url: 'http://127.0.0.1:1' }, command: 'curl' };
const text64 = (text: string): string => Buffer.from(text).toString('base64');

it('asks the next Patroni when the first is down, for the members and the kind of cluster', async () => {
  const target = await serve({
    '/cluster':
      '{"members": [{"name": "pg-test-2", "role": "replica", "state": "running", "host": "10.0.0.2", "port": 5432}, {"name": "pg-test-1", "role": "standby_leader", "state": "running", "host": "10.0.0.1", "port": 5432}]}',
    '/config': '{"standby_cluster": {"host": "10.9.0.1"}}',
  });
  const apis = [refusing, { host: 'pg-test-2', target, command: 'curl x | jq' }];
  const fact = await clusterInventory.collect({ ...context, sources: [{ from: 'patroni', apis }] });
  expect(fact).toEqual({
    declared,
    standbyCluster: { is: true, says: 'patroni' },
    sources: [
      {
        from: 'patroni',
        place: target.url,
        command: 'curl x | jq',
        printed: 'pg-test-1 10.0.0.1 5432 standby_leader\npg-test-2 10.0.0.2 5432 replica',
        members: {
          status: 'ok',
          list: [
            { name: 'pg-test-1', host: '10.0.0.1', port: 5432, role: 'standby_leader' },
            { name: 'pg-test-2', host: '10.0.0.2', port: 5432, role: 'replica' },
          ],
        },
        notes: [],
      },
    ],
  });
});

it('says why when no Patroni answers, and goes by the configuration for the kind of cluster', async () => {
  const sources = [{ from: 'patroni', apis: [refusing] }] as const;
  const silent = await clusterInventory.collect({ ...context, sources });
  expect(silent).toMatchObject({
    standbyCluster: { is: 'unknown', says: 'nobody' },
    sources: [{ printed: '', members: { status: 'unavailable', code: 'unreachable' } }],
  });
  const told = await clusterInventory.collect({ ...context, standbyCluster: false, sources });
  expect(told.standbyCluster).toEqual({ is: false, says: 'configuration' });
});

it('reads the keys of the members from etcd', async () => {
  const value = '{"conn_url": "postgres://10.0.0.1:5432/postgres", "role": "master"}';
  const target = await serve({
    '/v3/kv/range': JSON.stringify({
      header: { revision: '7' },
      kvs: [
        { key: text64('/pg/pg-test/members/pg-test-1'), value: text64(value), mod_revision: '7', create_revision: '1' },
      ],
      count: '1',
    }),
  });
  const endpoints = [{ host: 'etcd-1', target, command: 'etcdctl get' }];
  const fact = await clusterInventory.collect({
    ...context,
    sources: [{ from: 'etcd', prefix: '/pg/pg-test/', endpoints }],
  });
  expect(fact.sources).toMatchObject([
    {
      from: 'etcd',
      printed: '/pg/pg-test/members/pg-test-1',
      members: { list: [{ name: 'pg-test-1', host: '10.0.0.1', port: 5432, role: 'master' }] },
    },
  ]);
});

it('reads a Pigsty inventory, and says which clusters it has when this one is not there', async () => {
  const file = join(directory, 'pigsty.yml');
  await writeFile(
    file,
    'all: { children: { pg-test: { hosts: { 10.0.0.1: { pg_seq: 1, pg_role: primary } }, vars: { pg_cluster: pg-test } } } }\n',
  );
  const sources = [{ from: 'pigsty', file }] as const;
  const found = await clusterInventory.collect({ ...context, sources });
  expect(found.sources[0]).toMatchObject({ members: { status: 'ok', list: [{ name: 'pg-test-1', role: 'primary' }] } });
  expect(found.sources[0]?.printed).toMatch(/^[0-9a-f]{64} {2}\/.*pigsty\.yml$/u);
  const other = await clusterInventory.collect({ ...context, cluster: 'pg-other', sources });
  expect(other.sources[0]?.members).toMatchObject({
    status: 'unavailable',
    message: expect.stringMatching(/declares no cluster pg-other; it declares pg-test$/u) as unknown,
  });
});
