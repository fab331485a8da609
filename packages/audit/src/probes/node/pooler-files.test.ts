import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openNodeAccess } from '../../node/open-access.ts';
import { pigstyPaths } from '../../node/paths.ts';
import { nodeHaproxyConfig } from './haproxy-config.ts';
import { nodePgbouncerHba } from './pgbouncer-hba.ts';
import { nodePgbouncerIni } from './pgbouncer-ini.ts';
import { nodePgbouncerUserlist } from './pgbouncer-userlist.ts';

let root = '';
const signal = AbortSignal.timeout(60_000);
const context = (folder: string) => ({
  node: openNodeAccess({
    paths: pigstyPaths,
    root: folder,
    isRoot: false,
    run: () => Promise.resolve(undefined),
    signal,
  }),
  signal,
});

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pgattest-node-'));
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(join(root, path, '..'), { recursive: true });
    await writeFile(join(root, path), text, { mode: 0o600 });
  };
  await write('/etc/haproxy/haproxy.cfg', 'global\n maxconn 10\nlisten admin\n stats auth admin:pigsty\n');
  await write('/etc/haproxy/conf.d/b.cfg', 'userlist u\n user bob insecure-password hunter2\n');
  await write(
    '/etc/pgbouncer/pgbouncer.ini',
    '[databases]\na = host=b password=hunter2\n[pgbouncer]\nauth_file = /etc/pgbouncer/users.txt\nauth_hba_file = /etc/pgbouncer/hba.conf\n',
  );
  await write('/etc/pgbouncer/users.txt', '"dbuser_dba" "DBUser.DBA"\n"app" "hunter2"\n"same" "same"\n');
  await write('/etc/pgbouncer/hba.conf', 'host all all 10.0.0.0/8 scram-sha-256\n');
});
afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

test('the files of HAProxy, their logins by name of the published password, and no secret', async () => {
  const fact = await nodeHaproxyConfig.collect(context(root));
  expect(
    fact?.files.map(({ path, mode, logins }) => [path, mode, logins.map(({ user, published }) => [user, published])]),
  ).toEqual([
    ['/etc/haproxy/haproxy.cfg', '0600', [['admin', 'pigsty haproxy_admin_password']]],
    ['/etc/haproxy/conf.d/b.cfg', '0600', [['bob', null]]],
  ]);
  expect(JSON.stringify(fact)).not.toMatch(/hunter2|:pigsty/u);
});

test('the files of PgBouncer that its configuration names, and no secret', async () => {
  const ini = await nodePgbouncerIni.collect(context(root));
  const list = await nodePgbouncerUserlist.collect(context(root));
  const hba = await nodePgbouncerHba.collect(context(root));
  expect(ini?.databases[0]?.options).toEqual({ host: 'b', password: '***' });
  expect(list?.path).toBe('/etc/pgbouncer/users.txt');
  expect(list?.users.map(({ user, method, published }) => [user, method, published])).toEqual([
    ['dbuser_dba', 'plain', 'pigsty pg_admin_password'],
    ['app', 'plain', null],
    ['same', 'plain', 'same as the user name'],
  ]);
  expect(hba?.rules.map(({ type, method }) => [type, method])).toEqual([['host', 'scram-sha-256']]);
  expect(JSON.stringify([ini, list, hba])).not.toMatch(/hunter2|DBUser\.DBA/u);
});

test('a host without them says so', async () => {
  const empty = context(join(root, 'nothing'));
  expect(await nodeHaproxyConfig.collect(empty)).toBeNull();
  expect(await nodePgbouncerIni.collect(empty)).toBeNull();
  expect(await nodePgbouncerUserlist.collect(empty)).toBeNull();
  expect(await nodePgbouncerHba.collect(empty)).toBeNull();
});
