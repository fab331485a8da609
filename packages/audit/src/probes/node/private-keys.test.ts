import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openNodeAccess } from '../../node/open-access.ts';
import { pigstyPaths } from '../../node/paths.ts';
import { nodePrivateKeys, type PrivateKeys } from './private-keys.ts';

let root = '';
let keys: PrivateKeys['keys'] = [];
const find = (path: string) => keys.find((key) => key.path === path);

const pem = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pgattest-keys-'));
  const put = async (path: string, text: string, mode = 0o600): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
    await chmod(join(root, path), mode);
  };
  await put('/pg/data/postgresql.conf', "ssl_key_file = '../cert/pg.key'\n");
  await put('/pg/cert/pg.key', pem());
  await put(
    '/etc/patroni/patroni.yml',
    'restapi: {keyfile: /etc/patroni/api.key}\netcd3: {key: /etc/patroni/none.key}\n',
  );
  await put('/etc/patroni/api.key', pem(), 0o644);
  await put('/etc/pgbouncer/pgbouncer.ini', '[pgbouncer]\nclient_tls_key_file = pool.key\n');
  await put(
    '/etc/pgbouncer/pool.key',
    generateKeyPairSync('rsa', { modulusLength: 2048 })
      .privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'PLANTED-s3cret' })
      .toString(),
  );
  await put('/etc/etcd/etcd.conf', 'ETCD_PEER_KEY_FILE=/etc/etcd/peer.key\n');
  await put('/etc/etcd/peer.key', pem());
  await put('/etc/haproxy/haproxy.cfg', 'frontend stats\n  bind :9101 ssl crt /etc/haproxy/site.pem\n');
  await put('/etc/haproxy/site.pem', pem());
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-noenc',
      '-subj',
      '/CN=ca',
      '-days',
      '9',
    ].concat(['-keyout', join(root, 'pg/cert/ca.key'), '-out', join(root, 'pg/cert/ca.crt')]),
    { stdio: 'ignore' },
  );
  const access = openNodeAccess({
    paths: pigstyPaths,
    root,
    isRoot: true,
    run: async () => undefined,
    signal: new AbortController().signal,
  });
  keys = (await nodePrivateKeys.collect({ node: access, signal: new AbortController().signal })).keys;
});
afterAll(() => rm(root, { recursive: true, force: true }));

test('keys are found where the configuration of each component names them', () => {
  expect(keys.map(({ path, usedBy, mode }) => `${usedBy} ${path} ${mode ?? ''}`).toSorted()).toEqual([
    'HAProxy /etc/haproxy/site.pem 0600',
    'Patroni /etc/patroni/api.key 0644',
    'PgBouncer /etc/pgbouncer/pool.key 0600',
    'PostgreSQL /pg/cert/pg.key 0600',
    'etcd /etc/etcd/peer.key 0600',
    'nobody /pg/cert/ca.key 0600',
  ]);
});

test('the key of an authority is known by its certificate', () => {
  expect(keys.filter(({ isAuthority }) => isAuthority === true).map(({ path }) => path)).toEqual(['/pg/cert/ca.key']);
});

test('the hash is what the printed command prints, and an encrypted key has none', () => {
  const command = `openssl pkey -in ${join(root, 'pg/cert/pg.key')} -pubout -outform DER | sha256sum | cut -d' ' -f1`;
  expect(find('/pg/cert/pg.key')?.publicKey).toBe(execFileSync('sh', ['-c', command]).toString().trim());
  expect(find('/etc/pgbouncer/pool.key')?.publicKey).toBeNull();
});

test('no key leaves the host', async () => {
  const text = await readFile(join(root, 'pg/cert/pg.key'), 'utf8');
  expect(JSON.stringify(keys)).not.toContain(text.split('\n')[1] ?? 'no key was written');
});
