import { dirname, join } from 'node:path';
import { defineProbe } from '../../probe.ts';
import type { NodeAccess } from '../../node/access.ts';

/** A folder of the server's software, or a file in it. */
export interface LibraryFile {
  readonly path: string;
  readonly mode: string;
  readonly owner: string;
}

export interface Libraries {
  /** Folder of loadable libraries, and of extension scripts; null where none is found beside the programs. */
  readonly libDir: LibraryFile | null;
  readonly extensionDir: LibraryFile | null;
  /** How many files both hold. */
  readonly files: number;
  /** Files in them that others than root own or may write; at most 100. */
  readonly loose: readonly LibraryFile[];
  /** Libraries that no package of the system owns; null where no package manager answers. */
  readonly unpackaged: readonly string[] | null;
}

/** Who may replace what the server loads. */
export const nodeLibraries = defineProbe({
  id: 'node.libraries',
  subject: 'node',
  title: 'Owners and modes of loadable libraries and extension scripts, and libraries of no package',
  privilege: 'none',
  grants: [],
  async collect({ node }): Promise<Libraries> {
    const [libDir, extensionDir] = await findFolders(node);
    const files = [...(await filesIn(node, libDir, '.so')), ...(await filesIn(node, extensionDir, ''))];
    const loose = files.filter(({ owner, mode }) => owner !== 'root' || (Number.parseInt(mode, 8) & 0o022) !== 0);
    return {
      libDir,
      extensionDir,
      files: files.length,
      loose: loose.slice(0, 100),
      unpackaged: await findUnpackaged(
        node,
        files.map(({ path }) => path).filter((path) => path.endsWith('.so')),
      ),
    };
  },
});

/** Debian: lib/postgresql/15/bin beside share/postgresql/15; elsewhere lib and share stand beside bin. */
async function findFolders(node: NodeAccess): Promise<readonly [LibraryFile | null, LibraryFile | null]> {
  const bin = await node.resolve(node.paths.pgBin);
  if (bin === undefined) return [null, null];
  const base = dirname(bin);
  const debian = /^\/usr\/lib\/postgresql\/(?<major>\d+)$/.exec(base)?.groups?.['major'];
  const share = debian === undefined ? join(base, 'share/extension') : `/usr/share/postgresql/${debian}/extension`;
  return [await fileAt(node, join(base, 'lib')), await fileAt(node, share)];
}

async function fileAt(node: NodeAccess, path: string): Promise<LibraryFile | null> {
  const facts = await node.facts(path, { follow: true });
  return facts === undefined ? null : { path, mode: facts.mode, owner: facts.owner };
}

async function filesIn(node: NodeAccess, folder: LibraryFile | null, ending: string): Promise<readonly LibraryFile[]> {
  if (folder === null) return [];
  const names = ((await node.list(folder.path)) ?? []).filter((name) => name.endsWith(ending));
  const files: LibraryFile[] = [];
  for (const name of names) {
    const file = await fileAt(node, join(folder.path, name));
    if (file !== null) files.push(file);
  }
  return files;
}

async function findUnpackaged(node: NodeAccess, paths: readonly string[]): Promise<readonly string[] | null> {
  if (paths.length === 0) return [];
  const dpkg = await node.run('dpkg-query', ['-S', ...paths]);
  if (dpkg !== undefined) {
    const owned = new Set(dpkg.stdout.split('\n').map((line) => line.slice(line.indexOf(': ') + 2)));
    return paths.filter((path) => !owned.has(path));
  }
  const rpm = await node.run('rpm', ['-qf', ...paths]);
  if (rpm === undefined) return null;
  const stray = new Set(
    [...rpm.stdout.matchAll(/^file (?<path>\S+) is not owned/gm)].map((match) => match.groups?.['path']),
  );
  return paths.filter((path) => stray.has(path));
}
