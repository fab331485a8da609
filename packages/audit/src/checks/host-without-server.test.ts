import { expect, test } from 'vitest';
import type { InstanceContext, Verdict } from '../check.ts';
import { hardenedNode, nodeFile, type NodeFacts } from './node.fixture.ts';
import { nodeConfigFilesProtected } from './node/node-config-files-protected.ts';
import { nodeDataDirectoryProtected } from './node/node-data-directory-protected.ts';
import { nodeDiskHeadroom } from './node/node-disk-headroom.ts';
import { nodeExtensionFilesOwned } from './node/node-extension-files-owned.ts';
import { nodeLibrariesTrusted } from './node/node-libraries-trusted.ts';
import { nodeMemoryResidue } from './node/node-memory-residue.ts';
import { nodePgAccountLocked } from './node/node-pg-account-locked.ts';
import { nodeVolumesEncrypted } from './node/node-volumes-encrypted.ts';
import { seenAt } from './settings.fixture.ts';

const absent = { state: 'absent' } as const;
const files = (etcd: string | undefined): NodeFacts['node.files'] => ({
  pgUser: 'postgres',
  files: [
    nodeFile('pgdata', '/pg/data', '', absent),
    nodeFile('config', '/etc/pgbouncer/pgbouncer.ini', '', absent),
    etcd === undefined
      ? nodeFile('etcd-data', '/data/etcd', '', absent)
      : nodeFile('etcd-data', '/data/etcd', etcd, { type: 'directory', owner: 'etcd' }),
  ],
});
const volumes = (isEncrypted: boolean | null): NodeFacts['node.volumes'] =>
  hardenedNode['node.volumes'].map((volume) => ({ ...volume, what: 'etcd', path: '/data/etcd', isEncrypted }));

/** A host of etcd alone. */
const etcdHost: NodeFacts = {
  ...hardenedNode,
  'node.accounts': { ...hardenedNode['node.accounts'], accounts: [] },
  'node.files': files('0700'),
  'node.libraries': { libDir: null, extensionDir: null, files: 0, loose: [], unpackaged: [] },
  'node.kernel': { ...hardenedNode['node.kernel'], coreLimit: null },
  'node.volumes': volumes(true),
};
const judge = <Params extends object>(
  check: {
    readonly params: Params;
    readonly evaluate: (facts: NodeFacts, params: Params, context: InstanceContext) => Verdict;
  },
  elsewhere: NonNullable<InstanceContext['elsewhere']> = ['instance', 'patroni'],
  changes: Partial<NodeFacts> = {},
): string =>
  check.evaluate({ ...etcdHost, ...changes }, check.params, {
    ...seenAt,
    subject: 'etcd-1.node',
    elsewhere,
  }).outcome;

test('what is asked of the host of a database server does not apply to a host of etcd', () => {
  expect(judge(nodeExtensionFilesOwned)).toBe('not_applicable');
  expect(judge(nodeLibrariesTrusted)).toBe('not_applicable');
  expect(judge(nodePgAccountLocked)).toBe('not_applicable');
});

test('what a host of etcd has itself is judged there', () => {
  expect(judge(nodeDataDirectoryProtected)).toBe('pass');
  expect(judge(nodeDataDirectoryProtected, undefined, { 'node.files': files('0755') })).toBe('fail');
  expect(judge(nodeVolumesEncrypted)).toBe('pass');
  expect(judge(nodeVolumesEncrypted, undefined, { 'node.volumes': volumes(false) })).toBe('fail');
  expect(judge(nodeDiskHeadroom)).toBe('pass');
  expect(judge(nodeMemoryResidue)).toBe('pass');
});

test('a host of HAProxy or of the monitoring has no data to look at', () => {
  const none = { 'node.files': files(undefined), 'node.volumes': [] };
  expect(judge(nodeDataDirectoryProtected, undefined, none)).toBe('not_applicable');
  expect(judge(nodeVolumesEncrypted, undefined, none)).toBe('not_applicable');
  expect(judge(nodeConfigFilesProtected, undefined, none)).toBe('not_applicable');
});

test('where the server should be and is not found, nothing is decided', () => {
  for (const elsewhere of [[], ['etcd']] as const) {
    expect(judge(nodeExtensionFilesOwned, elsewhere)).toBe('undecided');
    expect(judge(nodeLibrariesTrusted, elsewhere)).toBe('undecided');
    expect(judge(nodePgAccountLocked, elsewhere)).toBe('undecided');
    expect(judge(nodeDataDirectoryProtected, elsewhere)).toBe('undecided');
    expect(judge(nodeVolumesEncrypted, elsewhere)).toBe('undecided');
    expect(judge(nodeDiskHeadroom, elsewhere)).toBe('undecided');
    expect(judge(nodeMemoryResidue, elsewhere)).toBe('undecided');
  }
});
