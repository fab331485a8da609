import { dirname, join } from 'node:path';
import type { NodeAccess } from '../../node/access.ts';
import { attempt } from '../../node/attempt.ts';
import { digestConfig } from '../../node/config-digest.ts';
import { defineProbe } from '../../probe.ts';

/** One file with its digest. */
export interface DigestedFile {
  readonly path: string;
  readonly kind: 'program' | 'library' | 'config';
  /** SHA-256; of a configuration, of its lines without secrets. */
  readonly sha256: string;
}

export interface NodeDigests {
  /** In the order of their paths. */
  readonly files: readonly DigestedFile[];
  /** Files that may not be read, and folders that may not be entered. */
  readonly denied: readonly string[];
}

const programFolders = ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin'] as const;
const programNames = ['patroni', 'patronictl', 'etcd', 'etcdctl', 'haproxy', 'pgbouncer', 'pgbackrest', 'vip-manager'];
const serverPrograms = ['postgres', 'pg_ctl', 'pg_rewind', 'pg_basebackup', 'initdb', 'psql'];

/** What runs, what the server loads and what says how; files that hold nothing but a secret are left alone. */
export const nodeDigests = defineProbe({
  id: 'node.digests',
  subject: 'node',
  title: 'Digests of the programs of the components, loadable libraries and configuration files (SHA-256)',
  privilege: 'read permission on the files: root, for the configuration',
  grants: [],
  async collect({ node }): Promise<NodeDigests> {
    const files: DigestedFile[] = [];
    const denied: string[] = [];
    const add = async (kind: DigestedFile['kind'], path: string): Promise<void> => {
      const seen = await attempt(kind === 'config' ? digestOfConfig(node, path) : digestOfFile(node, path));
      if (seen.state === 'denied') denied.push(path);
      if (seen.state === 'present') files.push({ path, kind, sha256: seen.value });
    };
    for (const folder of programFolders) {
      for (const name of programNames) await add('program', join(folder, name));
    }
    for (const name of serverPrograms) await add('program', join(node.paths.pgBin, name));
    for (const path of await librariesOf(node)) await add('library', path);
    for (const path of configFiles(node)) await add('config', path);
    return { files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)), denied };
  },
});

/** A folder or a pipe of that name is no file; a link leads to one. */
async function digestOfFile(node: NodeAccess, path: string): Promise<string | undefined> {
  return (await node.facts(path, { follow: true }))?.type === 'file' ? node.sha256(path) : undefined;
}

async function digestOfConfig(node: NodeAccess, path: string): Promise<string | undefined> {
  const text = await node.readText(path);
  return text === undefined ? undefined : digestConfig(text);
}

/** Loadable libraries beside the server's programs. */
async function librariesOf(node: NodeAccess): Promise<readonly string[]> {
  const bin = await node.resolve(node.paths.pgBin);
  if (bin === undefined) return [];
  const folder = join(dirname(bin), 'lib');
  const names = await attempt(node.list(folder));
  return (names.state === 'present' ? names.value : [])
    .filter((name) => name.endsWith('.so'))
    .map((name) => join(folder, name));
}

/** Not postgresql.conf: Patroni writes a member's role into it, which changes at every failover. */
const configFiles = ({ paths }: NodeAccess): readonly string[] => [
  paths.patroniConfig,
  paths.pgbouncerIni,
  join(dirname(paths.pgbouncerIni), 'pgb_hba.conf'),
  paths.pgbackrestConfig,
  paths.haproxyConfig,
  paths.etcdConfig,
  paths.vipManagerConfig,
  join(paths.pgData, 'pg_hba.conf'),
  join(paths.pgData, 'pg_ident.conf'),
];
