import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, test } from 'vitest';
import { openNodeAccess } from '../../node/open-access.ts';
import { pigstyPaths, type NodePaths } from '../../node/paths.ts';
import { nodeEtcdConfig, parseEtcdConfig } from './etcd-config.ts';
import { nodePatroniYml } from './patroni-yml.ts';
import { nodeVip, parseLocalAddresses } from './vip.ts';
import { nodeWatchdog } from './watchdog.ts';

const state = { folder: '' };
beforeEach(async () => {
  state.folder = await mkdtemp(join(tmpdir(), 'pgattest-node-ha-'));
});
afterEach(() => rm(state.folder, { recursive: true }));

const place = (name: string): string => join(state.folder, name);
const contextOf = (paths: Partial<NodePaths>, host: { readonly root?: string; readonly isRoot?: boolean } = {}) => {
  const signal = AbortSignal.timeout(60_000);
  const node = openNodeAccess({
    paths: { ...pigstyPaths, ...paths },
    isRoot: true,
    run: () => Promise.resolve(undefined),
    signal,
    ...host,
  });
  return { node, signal };
};

const patroniYml = `
scope: pg-test
namespace: /pg
restapi:
  listen: 10.0.0.1:8008
  authentication: {username: postgres, password: Patroni.API}
  allowlist: [10.0.0.1]
etcd3:
  hosts: [10.0.0.1:2379]
  username: pg-test
  password: pg-test
postgresql:
  authentication:
    replication: {username: replicator, password: open-sesame}
    superuser: {username: postgres}
  pg_hba:
    - hostssl all all all ldap ldapserver=a ldapbindpasswd="open-sesame"
watchdog: {mode: off}
`;

test('patroni.yml leaves the host without its secrets, which are judged there', async () => {
  await writeFile(place('patroni.yml'), patroniYml);
  await chmod(place('patroni.yml'), 0o640);
  const fact = await nodePatroniYml.collect(contextOf({ patroniConfig: place('patroni.yml') }));
  expect(fact).toMatchObject({
    mode: '0640',
    folderMode: '0700',
    document: { scope: 'pg-test', watchdog: { mode: false }, etcd3: { username: 'pg-test', password: '***' } },
    secrets: [
      {
        at: 'restapi.authentication.password',
        user: 'postgres',
        published: 'pigsty patroni_password',
        isUser: false,
        isScope: false,
      },
      { at: 'etcd3.password', user: 'pg-test', published: 'same as the user name', isUser: true, isScope: true },
      {
        at: 'postgresql.authentication.replication.password',
        user: 'replicator',
        published: null,
        isUser: false,
        isScope: false,
      },
    ],
  });
  expect(JSON.stringify(fact)).not.toMatch(/sesame|Patroni\.API/);
});

test('a broken patroni.yml is named by its line, which is not quoted', async () => {
  await writeFile(place('patroni.yml'), 'scope: a\nrestapi: {password: "open-sesame\n');
  const answer = nodePatroniYml.collect(contextOf({ patroniConfig: place('patroni.yml') }));
  await expect(answer).rejects.toMatchObject({ code: 'invalid_data' });
  await expect(answer).rejects.toThrow(/^(?!.*sesame).*patroni\.yml:\d+ is no YAML/s);
});

it('finds nothing on a host without Patroni and etcd', async () => {
  const context = contextOf({ patroniConfig: place('none'), etcdConfig: place('none') });
  await expect(nodePatroniYml.collect(context)).resolves.toBeNull();
  await expect(nodeEtcdConfig.collect(context)).resolves.toBeNull();
});

test.each([
  ['YAML', 'initial-cluster-token: etcd-open-sesame\nname: etcd-1\n'],
  ['quoted', '"initial-cluster-token": "etcd-open-sesame"\nname: etcd-1\n'],
  ['on a line of its own', 'initial-cluster-token: >-\n  etcd-open-sesame\nname: etcd-1\n'],
  ['within braces', '{initial-cluster-token: etcd-open-sesame, name: etcd-1}\n'],
  ['of a discovery service', 'discovery: https://discovery.etcd.io/etcd-open-sesame\nname: etcd-1\n'],
  ['in a section', 'discovery-config: {discovery-token: etcd-open-sesame}\nname: etcd-1\n'],
  ['deeper', 'discovery-config: {more: {access-token: etcd-open-sesame}}\nname: etcd-1\n'],
  ['in an address', 'discovery-proxy: http://me:etcd-open-sesame@10.0.0.9:3128\nname: etcd-1\n'],
  ['in an environment file', 'ETCD_NAME=etcd-1\nexport ETCD_INITIAL_CLUSTER_TOKEN="etcd-open-sesame"\n'],
])('a token in etcd.conf (%s) stays on the host', async (_, text) => {
  await writeFile(place('etcd.conf'), text);
  const fact = await nodeEtcdConfig.collect(contextOf({ etcdConfig: place('etcd.conf') }));
  expect(fact?.settings).toMatchObject({ name: 'etcd-1' });
  expect(JSON.stringify(fact)).not.toContain('open-sesame');
});

test('the provider of tokens is no token', async () => {
  await writeFile(place('etcd.conf'), 'auth-token: jwt,pub-key=/a.pub,priv-key=/a.key,sign-method=RS256\n');
  const fact = await nodeEtcdConfig.collect(contextOf({ etcdConfig: place('etcd.conf') }));
  expect(fact?.settings['auth-token']).toMatch(/^jwt,/u);
  expect(fact?.lines).toEqual(['auth-token: jwt,pub-key=/a.pub,priv-key=/a.key,sign-method=RS256']);
});

test('etcd.conf, with the modes of what it names', async () => {
  await mkdir(place('data'), { mode: 0o700 });
  await writeFile(place('server.key'), '', { mode: 0o600 });
  await writeFile(
    place('etcd.conf'),
    `# comment\nname: etcd-1\ndata-dir: ${place('data')}\nquota-backend-bytes: 8589934592\nlisten-client-urls: 'https://10.0.0.1:2379,https://127.0.0.1:2379'\nclient-transport-security:\n  key-file: ${place('server.key')}\n  auto-tls: false\n`,
  );
  await expect(nodeEtcdConfig.collect(contextOf({ etcdConfig: place('etcd.conf') }))).resolves.toMatchObject({
    settings: {
      'quota-backend-bytes': '8589934592',
      'listen-client-urls': 'https://10.0.0.1:2379,https://127.0.0.1:2379',
      'client-transport-security.auto-tls': 'false',
    },
    dataDir: { mode: '0700', type: 'directory' },
    keys: [{ path: place('server.key'), mode: '0600' }],
  });
});

it('reads the environment file of Debian too', () => {
  expect(
    parseEtcdConfig('ETCD_DATA_DIR="/data"\nETCD_PEER_AUTO_TLS=true\n# ETCD_NAME=x\n', '/etc/default/etcd'),
  ).toEqual({
    'data-dir': '/data',
    'peer-transport-security.auto-tls': 'true',
  });
});

it('reads vip-manager without its password, and the addresses of this host', async () => {
  await writeFile(
    place('vip.yml'),
    'ip: 10.0.0.9\ninterface: eth0\ntrigger-key: /pg/pg-test/leader\ntrigger-value: pg-test-1\netcd-password: open-sesame\n',
  );
  const fact = await nodeVip.collect(contextOf({ vipManagerConfig: place('vip.yml') }));
  expect(fact.manager).toMatchObject({ ip: '10.0.0.9', triggerValue: 'pg-test-1' });
  expect(fact.addresses).toContain('127.0.0.1');
  expect(JSON.stringify(fact)).not.toContain('sesame');
});

it('takes an address as local only where the trie says so', () => {
  const trie =
    '  +-- 10.0.0.0/24 2 0 2\n     |-- 10.0.0.0\n        /24 link UNICAST\n     |-- 10.0.0.1\n        /32 host LOCAL\n     |-- 10.0.0.255\n        /32 link BROADCAST\n';
  expect(parseLocalAddresses(trie)).toEqual(['10.0.0.1']);
});

test('a watchdog that Patroni holds open', async () => {
  await mkdir(place('sys/class/watchdog/watchdog0'), { recursive: true });
  await mkdir(place('proc/123/fd'), { recursive: true });
  await mkdir(place('dev'));
  await writeFile(place('dev/watchdog'), '');
  await writeFile(place('sys/class/watchdog/watchdog0/identity'), 'Software Watchdog\n');
  await writeFile(place('sys/class/watchdog/watchdog0/state'), 'active\n');
  await writeFile(place('sys/class/watchdog/watchdog0/timeout'), '25\n');
  await symlink('/dev/watchdog', place('proc/123/fd/7'));
  await writeFile(place('proc/123/comm'), 'patroni\n');
  const root = state.folder;
  await expect(nodeWatchdog.collect(contextOf({}, { root }))).resolves.toMatchObject({
    device: { path: '/dev/watchdog' },
    devices: [{ name: 'watchdog0', identity: 'Software Watchdog', state: 'active', timeoutSeconds: 25 }],
    holders: ['patroni'],
  });
  // Without root the files of other processes are out of sight, which is not the same as nobody holding it.
  await expect(nodeWatchdog.collect(contextOf({}, { root, isRoot: false }))).resolves.toMatchObject({ holders: null });
});

test('a host without any watchdog', async () => {
  await expect(nodeWatchdog.collect(contextOf({}, { root: state.folder }))).resolves.toEqual({
    device: null,
    devices: [],
    holders: [],
  });
});
