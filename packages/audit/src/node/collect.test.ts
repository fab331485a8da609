import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ConnectError } from '@pgattest/connect';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { canonicalJson } from '../evidence/canonical-json.ts';
import { defineProbe } from '../probe.ts';
import { probes } from '../probes/index.ts';
import type { NodeCommandResult } from './access.ts';
import { collectNode, nodeProbesOf, type CollectNodeOptions } from './collect.ts';
import { parseNodeDocument, type NodeDocument } from './document.ts';
import { openNodeAccess } from './open-access.ts';
import { pigstyPaths } from './paths.ts';
import { spawnProgram } from './spawn-program.ts';

const secret = 'PLANTED-s3cret-0001';
let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pgattest-node-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** Every file that a probe reads, each with the secret in it. */
const files: Readonly<Record<string, string>> = {
  '/etc/passwd': `root:x:0:0:${secret}:/root:/bin/bash\npostgres:x:26:26::/var/lib/pgsql:/bin/bash\n`,
  '/etc/group': 'root:x:0:\n',
  '/etc/shadow': `root:$6$${secret}:1::::::\npostgres:!:1::::::\n`,
  '/etc/os-release': 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12"\n',
  '/etc/login.defs': `PASS_MAX_DAYS 90\n# ${secret}\nUMASK 022\n`,
  '/etc/profile': `export TOKEN=${secret}\nTMOUT=600\numask 022\n`,
  '/etc/security/pwquality.conf': `minlen = 12\ndictpath = ${secret}\n`,
  '/etc/pam.d/common-auth': `auth required pam_faillock.so # ${secret}\n`,
  '/etc/sudoers': `postgres ALL=(root) NOPASSWD: /usr/bin/mc --secret ${secret}\n@includedir /etc/sudoers.d\n`,
  '/etc/sudoers.d/extra': `%x ALL=(ALL) /bin/y ${secret}\n`,
  '/etc/crontab': `00 01 * * * postgres PGPASSWORD=${secret} /pg/bin/pg-backup full\n`,
  '/etc/cron.d/other': `* * * * * root curl -u a:${secret} http://x\n`,
  '/etc/apt/sources.list': `deb [trusted=yes] https://user:${secret}@mirror.test/debian stable main\n`,
  '/etc/apt/sources.list.d/x.sources': `Types: deb\nURIs: https://u:${secret}@other.test/x\nSuites: s\n`,
  '/etc/audit/rules.d/x.rules': `-w /etc/passwd -p wa -k ${secret}\n`,
  '/etc/pgbackrest/pgbackrest.conf': `[global]\nrepo1-type=s3\nrepo1-s3-key-secret=${secret}\nrepo1-cipher-type=aes-256-cbc\nrepo1-cipher-pass=${secret}\n[pg-test]\npg1-path=/pg/data\n`,
  '/etc/patroni/patroni.yml': `scope: pg-test\npostgresql:\n  authentication:\n    superuser: {username: postgres, password: ${secret}}\nrestapi:\n  authentication: {username: postgres, password: ${secret}}\netcd3: {host: localhost:2379, username: u, password: ${secret}}\n`,
  '/etc/pgbouncer/pgbouncer.ini': `[databases]\nx = host=/tmp user=u password=${secret}\n[pgbouncer]\nlisten_port = 6432\n`,
  '/etc/pgbouncer/userlist.txt': `"u" "${secret}"\n`,
  '/etc/pgbouncer/pgb_hba.conf': `host all all 127.0.0.1/32 scram-sha-256\n`,
  '/etc/haproxy/haproxy.cfg': `defaults\n  mode tcp\nlisten stats\n  stats auth admin:${secret}\n`,
  '/etc/etcd/etcd.conf': `# ${secret}\nETCD_NAME=etcd-1\n`,
  '/etc/etcd/etcd.pass': secret,
  '/etc/default/vip-manager.yml': `ip: 10.0.0.2\netcd-password: ${secret}\n`,
  '/var/lib/pgsql/.pgpass': `*:*:*:u:${secret}\n`,
  '/var/lib/pgsql/.psql_history': `ALTER ROLE x PASSWORD '${secret}';\n`,
  '/root/.bash_history': `PGPASSWORD=${secret} psql\n`,
  '/root/.ssh/authorized_keys': `ssh-ed25519 ${secret} someone\n`,
  '/pg/data/PG_VERSION': '17\n',
  '/pg/data/postmaster.pid': `999999\n${secret}\n`,
  '/pg/data/postgresql.conf': `primary_conninfo = 'password=${secret}'\n`,
  '/pg/log/x.csv': secret,
  '/var/log/pgbackrest/pg-test-backup.log': `2026-11-21 10:00:00.000 P00   INFO: backup command begin 2.57: --repo1-cipher-pass=${secret} --stanza=pg-test --type=full\n2026-11-21 10:01:00.000 P00   INFO: backup command end: completed successfully (1ms)\n`,
  '/data/old/PG_VERSION': '16\n',
};

const answers: Readonly<Record<string, NodeCommandResult>> = {
  'dpkg-query': { exitCode: 0, stdout: 'ii \tpostgresql-17\t17.11-1\tSomeone\n', stderr: secret },
  sshd: { exitCode: 0, stdout: `permitrootlogin no\nbanner ${secret}\npasswordauthentication no\n`, stderr: '' },
  nft: {
    exitCode: 0,
    stdout: `{"nftables":[{"chain":{"family":"inet","table":"t","name":"i","hook":"input","policy":"drop","comment":"${secret}"}}]}`,
    stderr: '',
  },
  pgbackrest: {
    exitCode: 0,
    stdout:
      '[{"archive":[],"backup":[],"cipher":"none","db":[],"name":"pg-test","repo":[{"cipher":"none","key":1,"status":{"code":2,"message":"no valid backups"}}],"status":{"code":2,"lock":{"backup":{"held":false}},"message":"no valid backups"}}]',
    stderr: secret,
  },
  systemctl: {
    exitCode: 0,
    stdout: `Id=patroni.service\nLoadState=loaded\nActiveState=active\nUnitFileState=enabled\nUser=postgres\nUMask=0077\nLimitCORE=0\nRestart=no\nEnvironment=${secret}\n`,
    stderr: '',
  },
};

async function plant(): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

const collect = (changes: Partial<CollectNodeOptions> = {}): Promise<NodeDocument> =>
  collectNode({
    probes: nodeProbesOf(probes),
    open: (signal) =>
      openNodeAccess({ paths: pigstyPaths, root, isRoot: true, run: async (program) => answers[program], signal }),
    host: 'node-1',
    version: '0.1.0',
    probeTimeoutMs: 60_000,
    totalTimeoutMs: 120_000,
    now: () => new Date('2026-11-21T12:00:00.000Z'),
    signal: new AbortController().signal,
    ...changes,
  });
const findOf = (document: NodeDocument, probe: string) =>
  document.observations.find((entry) => entry.probe === probe)?.observation;

test('a planted secret in every file and answer never reaches the document', async () => {
  await plant();
  const document = await collect();
  const leaking = document.observations.filter((entry) => canonicalJson(entry).includes(secret));
  expect(leaking.map(({ probe }) => probe)).toEqual([]);
  expect(document.observations.length).toBeGreaterThan(20);
});

test('the facts are those of the planted host', async () => {
  await plant();
  const document = await collect();
  const value = (probe: string): unknown => {
    const observation = findOf(document, probe);
    return observation?.status === 'ok' ? observation.value : observation?.message;
  };
  expect(value('node.host')).toMatchObject({ id: 'debian', versionId: '12' });
  expect(value('node.accounts')).toMatchObject({
    locksOut: true,
    shellTimeoutSeconds: 600,
    loginDefs: { PASS_MAX_DAYS: '90' },
  });
  expect(value('node.sudoers')).toMatchObject({
    rules: [{ who: 'postgres', commands: ['/usr/bin/mc'] }, { who: '%x' }],
  });
  expect(value('node.repositories')).toMatchObject({
    manager: 'apt',
    sources: [
      { host: 'mirror.test', isVerified: false },
      { host: 'other.test', isVerified: true },
    ],
  });
  expect(value('node.ssh-server')).toEqual({
    isInstalled: true,
    settings: { permitrootlogin: 'no', passwordauthentication: 'no' },
  });
  expect(value('node.firewall')).toMatchObject({ tool: 'nft', inputs: [{ isDefaultDeny: true }] });
  expect(value('node.shell-histories')).toMatchObject([
    { path: '/var/lib/pgsql/.psql_history', state: 'kept', secretLines: 1 },
    { state: 'absent' },
    { state: 'absent' },
    { path: '/root/.bash_history', state: 'kept', secretLines: 1 },
  ]);
  expect(value('node.pgbackrest-config')).toMatchObject({
    isConfigured: true,
    stanza: 'pg-test',
    repositories: [{ key: 1, type: 's3', cipherType: 'aes-256-cbc', publishedCipherPass: null }],
  });
  expect(value('node.pgbackrest-info')).toMatchObject({ isInstalled: true, stanza: { code: 2 } });
  expect(value('node.pgbackrest-local-state')).toMatchObject({ lastBackup: { outcome: 'success', type: 'full' } });
  expect(value('node.backup-schedule')).toMatchObject({
    entries: [{ file: '/etc/crontab', schedule: '00 01 * * *', type: 'full' }],
  });
  expect(value('node.leftovers')).toMatchObject({ found: [{ kind: 'data-directory', path: '/data/old' }] });
  expect(value('node.services')).toMatchObject({ units: [{ unit: 'patroni.service', umask: '0077' }] });
});

test('an empty host is described, and no probe breaks on it', async () => {
  const document = await collect({
    open: (signal) => openNodeAccess({ paths: pigstyPaths, root, isRoot: true, run: async () => undefined, signal }),
  });
  const broken = document.observations.filter(
    ({ observation }) => observation.status === 'unavailable' && observation.code === 'probe_failed',
  );
  expect(broken).toEqual([]);
});

test('what it writes is what the auditor reads', async () => {
  const document = await collect();
  expect(parseNodeDocument(canonicalJson(document), 'node.json')).toEqual(document);
  expect(() => parseNodeDocument('{"formatVersion":2}', 'node.json')).toThrow(
    /node\.json:1.*formatVersion[\s\S]*collect the node again/,
  );
});

const one = (collectOne: () => Promise<unknown>) =>
  nodeProbesOf([
    defineProbe({
      id: 'node.one',
      subject: 'node',
      title: 'a probe',
      privilege: 'none',
      grants: [],
      collect: collectOne,
    }),
  ]);

test('a probe that is refused, or fails, costs its own fact and says why', async () => {
  const refused = await collect({
    probes: one(() => Promise.reject(new ConnectError('permission_denied', 'cannot read /x'))),
  });
  expect(findOf(refused, 'node.one')).toMatchObject({
    status: 'unavailable',
    code: 'permission_denied',
    message: 'cannot collect node.one on node-1: cannot read /x',
  });
  const broken = await collect({ probes: one(() => Promise.reject(new Error('a bug'))) });
  expect(findOf(broken, 'node.one')).toMatchObject({ code: 'probe_failed' });
});

test('a probe that hangs is given up', async () => {
  const document = await collect({ probes: one(() => new Promise(() => undefined)), probeTimeoutMs: 20 });
  expect(findOf(document, 'node.one')).toMatchObject({ status: 'unavailable', code: 'timeout' });
});

test('this very host, whatever it is, has processes, a file system and a kernel', async () => {
  const document = await collectNode({
    probes: nodeProbesOf(probes).filter(({ id }) =>
      ['node.host', 'node.processes', 'node.kernel', 'node.listeners'].includes(id),
    ),
    open: (signal) =>
      openNodeAccess({ paths: pigstyPaths, isRoot: false, run: spawnProgram(pigstyPaths, false, signal), signal }),
    host: hostname(),
    version: '0.1.0',
    probeTimeoutMs: 60_000,
    totalTimeoutMs: 120_000,
    now: () => new Date(),
    signal: new AbortController().signal,
  });
  expect(document.observations.map(({ probe, observation }) => [probe, observation.status])).toEqual(
    document.observations.map(({ probe }) => [probe, 'ok']),
  );
  // Which names a runtime gives to its processes is its own affair; that this one runs is not.
  expect(JSON.stringify(findOf(document, 'node.processes'))).toMatch(/"count":[1-9]/);
});
