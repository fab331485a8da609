import type { InstanceContext, Verdict } from '../check.ts';
import type { FactMap } from '../facts.ts';
import { serverFact } from './server.fixture.ts';
import { seenAt, settingsFact } from './settings.fixture.ts';

/** Facts that checks of a node rest on. */
export type NodeFacts = Pick<
  FactMap,
  | 'node.access-control'
  | 'node.accounts'
  | 'node.files'
  | 'node.firewall'
  | 'node.kernel'
  | 'node.libraries'
  | 'node.listeners'
  | 'node.packages'
  | 'node.processes'
  | 'node.protection'
  | 'node.repositories'
  | 'node.services'
  | 'node.shell-histories'
  | 'node.ssh-server'
  | 'node.sudoers'
  | 'node.updates'
  | 'node.volumes'
  | 'pg.extensions'
  | 'pg.server'
  | 'pg.settings'
>;

/** One file that is as it should be. */
export const nodeFile = (
  role: FactMap['node.files']['files'][number]['role'],
  path: string,
  mode: string,
  changes: Partial<FactMap['node.files']['files'][number]> = {},
): FactMap['node.files']['files'][number] => ({
  role,
  path,
  state: 'present',
  type: 'file',
  mode,
  owner: 'postgres',
  group: 'postgres',
  ...changes,
});

export const nodePackage = (name: string, version: string, vendor = 'Debian PostgreSQL Maintainers') => ({
  name,
  version,
  vendor,
});

/** A node as it should be. */
export const hardenedNode: NodeFacts = {
  'node.access-control': {
    selinux: 'enforcing',
    isApparmorEnabled: false,
    serverLabel: 'system_u:system_r:postgresql_t:s0',
  },
  'node.accounts': {
    pgUser: 'postgres',
    accounts: [
      { name: 'root', uid: 0, shell: '/bin/bash', hasShell: true, password: 'locked', sshKeys: 0 },
      { name: 'postgres', uid: 26, shell: '/bin/bash', hasShell: true, password: 'locked', sshKeys: 0 },
      { name: 'dba', uid: 1000, shell: '/bin/bash', hasShell: true, password: 'set', sshKeys: 1 },
    ],
    loginDefs: { PASS_MAX_DAYS: '90', UMASK: '077' },
    passwordQuality: { minlen: '12' },
    locksOut: true,
    shellTimeoutSeconds: 600,
  },
  'node.files': {
    pgUser: 'postgres',
    files: [
      nodeFile('pgdata', '/pg/data', '0700', { type: 'directory' }),
      nodeFile('wal', '/pg/data/pg_wal', '0700', { type: 'directory' }),
      nodeFile('server-config', '/pg/data/postgresql.conf', '0600'),
      nodeFile('config', '/etc/pgbouncer/pgbouncer.ini', '0640'),
      nodeFile('secret', '/etc/patroni/patroni.yml', '0640'),
      nodeFile('key', '/pg/cert/server.key', '0600'),
    ],
  },
  'node.firewall': {
    tool: 'nft',
    inputs: [{ family: 'inet', isDefaultDeny: true, acceptsAny: false, rules: 12 }],
    firewalld: null,
  },
  'node.kernel': {
    sysctl: { 'kernel.core_pattern': 'core', 'fs.suid_dumpable': '0', 'net.ipv6.conf.all.disable_ipv6': '0' },
    swaps: [],
    coreLimit: '0',
  },
  'node.libraries': {
    libDir: { path: '/usr/pgsql-17/lib', mode: '0755', owner: 'root' },
    extensionDir: { path: '/usr/pgsql-17/share/extension', mode: '0755', owner: 'root' },
    files: 300,
    loose: [],
    unpackaged: [],
  },
  'node.listeners': [
    { protocol: 'tcp', address: '10.0.0.1', port: 5432, user: 'postgres', process: 'postgres', raw: '0100000A:1538' },
    { protocol: 'tcp', address: '10.0.0.1', port: 22, user: 'root', process: 'sshd', raw: '0100000A:0016' },
  ],
  'node.packages': {
    manager: 'dpkg',
    installed: 300,
    components: {
      postgresql: nodePackage('postgresql-17', '17.12-1.pgdg12+1'),
      pgbouncer: nodePackage('pgbouncer', '1.26.1-1.pgdg12+1'),
    },
    groups: { toolchain: [], forbidden: [], desktop: [], library: [nodePackage('libc6', '2.36-9')] },
  },
  'node.processes': [
    { name: 'etcd', user: 'etcd', count: 1 },
    { name: 'haproxy', user: 'haproxy', count: 1 },
    { name: 'haproxy', user: 'root', count: 1 },
    { name: 'patroni', user: 'postgres', count: 1 },
    { name: 'postgres', user: 'postgres', count: 9 },
  ],
  'node.protection': {
    agents: ['fapolicyd', 'wazuh-agentd', 'wazuh-syscheckd'],
    signaturesAt: null,
    integrityDatabaseAt: null,
    audit: { isRunning: true, watches: ['/etc/passwd', '/etc/patroni/', '/etc/sudoers'] },
    jails: ['sshd', 'postgresql'],
    isFail2banRunning: true,
    secureBoot: true,
    hasTpm: true,
  },
  'node.repositories': {
    manager: 'apt',
    sources: [{ file: '/etc/apt/sources.list', line: 1, host: 'deb.debian.org', isVerified: true }],
  },
  'node.services': {
    units: [
      {
        unit: 'patroni.service',
        isActive: true,
        enabled: 'enabled',
        user: 'postgres',
        umask: '0077',
        coreLimit: '0',
        restart: 'no',
      },
    ],
    profileUmasks: { '/etc/profile': '077' },
  },
  'node.shell-histories': [{ path: '/var/lib/postgresql/.psql_history', state: 'empty' }],
  'node.ssh-server': {
    isInstalled: true,
    settings: {
      permitrootlogin: 'no',
      passwordauthentication: 'no',
      permitemptypasswords: 'no',
      maxauthtries: '4',
      clientaliveinterval: '300',
      clientalivecountmax: '2',
      allowusers: 'dba@10.0.0.9',
    },
  },
  'node.sudoers': {
    pgUser: 'postgres',
    rules: [
      { file: '/etc/sudoers.d/postgres', line: 1, who: 'postgres', isNoPasswd: true, commands: ['/usr/bin/systemctl'] },
    ],
    files: ['/etc/sudoers', '/etc/sudoers.d/postgres'],
  },
  'node.updates': {
    manager: 'apt',
    pending: [],
    pendingCount: 0,
    securityCount: 0,
    listsUpdatedAt: '2026-11-21T06:00:00.000Z',
    needsReboot: false,
  },
  'node.volumes': [
    {
      what: 'pgdata',
      path: '/pg/data',
      realPath: '/data/postgres/pg-test-17/data',
      mountPoint: '/data',
      source: '/dev/mapper/data',
      fsType: 'xfs',
      options: ['rw', 'noatime'],
      isEncrypted: true,
      sizeBytes: 1000,
      availableBytes: 600,
      inodes: 100,
      availableInodes: 90,
    },
  ],
  'pg.extensions': [{ name: 'pg_stat_statements', version: '1.11', availableVersion: '1.11' }],
  'pg.server': serverFact({ version: '17.12', versionNum: 170012 }),
  'pg.settings': settingsFact({ listen_addresses: '10.0.0.1,127.0.0.1', server_version_num: '170012' }),
};

/** The verdict on a hardened node after these changes. */
export const judgeNode = <Params extends object>(
  check: {
    readonly params: Params;
    readonly evaluate: (facts: NodeFacts, params: Params, context: InstanceContext) => Verdict;
  },
  changes: Partial<NodeFacts> = {},
  params: Partial<Params> = {},
): Verdict => check.evaluate({ ...hardenedNode, ...changes }, { ...check.params, ...params }, seenAt);
