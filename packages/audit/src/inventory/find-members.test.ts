import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DeclaredCluster } from './declared.ts';
import { discover } from './discover.ts';
import { findMembers } from './find-members.ts';

let directory = '';
let file = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-found-'));
  file = join(directory, 'pigsty.yml');
  const hosts = '10.0.0.1: { pg_seq: 1, pg_role: primary }, 10.0.0.2: { pg_seq: 2, pg_role: replica, pg_port: 5433 }';
  await writeFile(file, `all: { children: { a: { hosts: { ${hosts} }, vars: { pg_cluster: pg-test } } } }\n`);
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const find = (over: Partial<DeclaredCluster>): Promise<DeclaredCluster> =>
  findMembers(
    { name: 'pg-test', members: [], discover: [{ from: 'pigsty', file }], ...over },
    { env: {} },
    AbortSignal.timeout(60_000),
  );
const found = {
  dsn: 'host={host} port={port} user=a',
  patroni: { url: 'http://{host}:8008' },
  pgbouncer: { dsn: 'host={host} port=6432 dbname=pgbouncer user=m' },
  node: { from: 'file', file: '/facts/{name}.json', maxAgeMs: 1000 },
} as const;

it('reaches found members as the configuration says, with their name, address and port', async () => {
  const { members } = await find({ found });
  expect(members[1]).toEqual({
    name: 'pg-test-2',
    dsn: 'host=10.0.0.2 port=5433 user=a',
    patroni: { url: 'http://10.0.0.2:8008' },
    pgbouncer: { dsn: 'host=10.0.0.2 port=6432 dbname=pgbouncer user=m' },
    node: { from: 'file', file: '/facts/pg-test-2.json', maxAgeMs: 1000 },
    isFound: true,
  });
  expect(members).toHaveLength(2);
});

it('leaves declared members as they are, and does not count found ones as declared', async () => {
  const declared = [{ name: 'pg-test-1', dsn: 'host=10.0.0.1 user=mine' }];
  const whole = await find({ found, members: declared });
  expect(whole.members.map(({ name, dsn }) => `${name} ${dsn}`)).toEqual([
    'pg-test-1 host=10.0.0.1 user=mine',
    'pg-test-2 host=10.0.0.2 port=5433 user=a',
  ]);
  const [own] = (await discover(whole, { env: {} })).targets;
  expect(own?.kind === 'cluster' ? own.context.declared.map(({ name }) => name) : []).toEqual(['pg-test-1']);
});

it('asks nobody when the configuration does not say how to reach what is found', async () => {
  const members = [{ name: 'pg-test-1', dsn: 'host=10.0.0.1 user=mine' }];
  expect((await find({ members, discover: [{ from: 'pigsty', file: '/nowhere' }] })).members).toEqual(members);
});

it('says what each source answered when there is no member at all', async () => {
  const http = { url: 'http://127.0.0.1:1' };
  const sources = [{ from: 'patroni', http } as const, { from: 'pigsty', file: '/nowhere' } as const];
  await expect(find({ found, discover: sources })).rejects.toThrow(
    /^no member of pg-test was found; patroni at http:\/\/127\.0\.0\.1:1: .*; pigsty at \/nowhere: cannot read/u,
  );
});
