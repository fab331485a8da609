import { dirname, join } from 'node:path';
import type { NodeAccess } from '../../node/access.ts';
import { attempt } from '../../node/attempt.ts';
import { findKeyPlaces, type KeyPlace } from '../../node/key-places.ts';
import { authorityHashes, publicKeyHash } from '../../node/private-key.ts';
import { defineProbe } from '../../probe.ts';

/** A file with a private key, or one that should hold one; symbolic links are followed. */
export interface PrivateKeyFile {
  readonly path: string;
  /** `nobody`: found beside the others, and no configuration names it. */
  readonly usedBy: KeyPlace['usedBy'] | 'nobody';
  /** `denied`: the collector may not look. */
  readonly state: 'present' | 'denied';
  /** `0600` */
  readonly mode?: string;
  readonly owner?: string;
  readonly group?: string;
  /** SHA-256 of the public half; null when the key is encrypted or may not be read. */
  readonly publicKey?: string | null;
  /** It is the key of an authority whose certificate lies in the same folders. */
  readonly isAuthority?: boolean;
}

export interface PrivateKeys {
  readonly pgUser: string;
  readonly keys: readonly PrivateKeyFile[];
}

/** Folders beside those of the keys in which deployments keep their authority. */
const authorityFolders = ['/etc/pki', '/etc/pki/ca', '/etc/ssl/private'] as const;
const maxFiles = 200;
const maxBytes = 65_536;

/** Private keys of the components: modes, owners, and the hash of the public half. No key leaves the host. */
export const nodePrivateKeys = defineProbe({
  id: 'node.private-keys',
  subject: 'node',
  title: 'Private keys of the components: modes, owners and the hash of the public half (never the key)',
  privilege: 'read the keys: root, or the user of the database server for its own',
  grants: [],
  async collect({ node }): Promise<PrivateKeys> {
    const places = await findKeyPlaces(node);
    const files = await listFiles(node, [
      ...new Set([...places.map(({ path }) => dirname(path)), ...authorityFolders]),
    ]);
    const authorities = new Set<string>();
    for (const path of files.filter((name) => /\.(?:crt|cer|pem)$/u.test(name))) {
      for (const hash of authorityHashes((await readSmall(node, path)) ?? '')) authorities.add(hash);
    }
    const keys: PrivateKeyFile[] = [];
    for (const place of places) keys.push(...(await look(node, place, authorities)));
    for (const path of files.filter((name) => /\.(?:key|pem)$/u.test(name))) {
      if (keys.some((key) => key.path === path)) continue;
      const seen = await look(node, { path, usedBy: 'nobody' }, authorities);
      keys.push(...seen.filter(({ isAuthority }) => isAuthority === true));
    }
    return { pgUser: node.paths.pgUser, keys };
  },
});

async function look(
  node: NodeAccess,
  { path, usedBy }: Pick<PrivateKeyFile, 'path' | 'usedBy'>,
  authorities: ReadonlySet<string>,
): Promise<readonly PrivateKeyFile[]> {
  const facts = await attempt(node.facts(path, { follow: true }));
  if (facts.state === 'denied') return [{ path, usedBy, state: 'denied' }];
  if (facts.state === 'absent' || facts.value.type !== 'file') return [];
  const text = await attempt(readSmall(node, path));
  // A certificate of HAProxy whose key lies beside it is no key.
  if (text.state === 'present' && !text.value.includes('PRIVATE KEY-----')) return [];
  const publicKey = text.state === 'present' ? publicKeyHash(text.value) : undefined;
  const { mode, owner, group } = facts.value;
  const isAuthority = publicKey !== undefined && authorities.has(publicKey);
  return [{ path, usedBy, state: 'present', mode, owner, group, publicKey: publicKey ?? null, isAuthority }];
}

async function listFiles(node: NodeAccess, folders: readonly string[]): Promise<readonly string[]> {
  const files: string[] = [];
  for (const folder of folders) {
    const names = await attempt(node.list(folder));
    if (names.state !== 'present') continue;
    files.push(...names.value.filter((name) => /\.(?:key|crt|cer|pem)$/u.test(name)).map((name) => join(folder, name)));
  }
  return files.slice(0, maxFiles);
}

/** Text of a regular file of the size of a key or a chain; undefined of anything else. Errors: permission_denied. */
async function readSmall(node: NodeAccess, path: string): Promise<string | undefined> {
  const facts = await node.facts(path, { follow: true });
  return facts?.type === 'file' && facts.sizeBytes <= maxBytes ? node.readText(path) : undefined;
}
