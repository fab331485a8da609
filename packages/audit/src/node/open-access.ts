import { createHash } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import { lstat, open, readdir, readlink, realpath, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ConnectError } from '@pgattest/connect';
import { parseGroups, parsePasswd } from './accounts.ts';
import type { FileFacts, NodeAccess, NodeCommandResult, NodePaths } from './access.ts';
import { absentOrThrow } from './file-error.ts';
import { programs } from './programs.ts';

/** Runs one allowed program; undefined when it is not installed. */
export type RunProgram = NodeAccess['run'];

export interface NodeAccessOptions {
  readonly paths: NodePaths;
  /** Put before every path that is opened: a fake host in a folder, or a mounted disk. Empty for this host. */
  readonly root?: string;
  readonly isRoot: boolean;
  /** Runs programs: `spawnProgram` on this host, recorded answers elsewhere. */
  readonly run: RunProgram;
  readonly signal: AbortSignal;
}

const maxTextBytes = 1024 * 1024;

/** Opens the view of a host; reads nothing yet. */
export function openNodeAccess({ paths, root = '', isRoot, run, signal }: NodeAccessOptions): NodeAccess {
  const at = (path: string): string => join(root === '' ? '/' : root, path);
  const look = async <T>(doing: string, path: string, read: (real: string) => Promise<T>): Promise<T | undefined> => {
    signal.throwIfAborted();
    return read(at(path)).catch((error: unknown) => absentOrThrow(error, doing, path));
  };
  const text = (path: string): Promise<string | undefined> => look('read', path, (real) => readBounded(real, path));
  let names: Promise<Names> | undefined;
  const namesOfHost = (): Promise<Names> => (names ??= readNames(text));
  return {
    paths,
    isRoot,
    readText: text,
    readEnd: (path, bytes) => look('read', path, (real) => readEnd(real, bytes)),
    facts: (path, { follow = false } = {}) =>
      look('look at', path, async (real) =>
        factsOf(path, follow ? await stat(real) : await lstat(real), await namesOfHost()),
      ),
    list: (path) => look('list', path, async (real) => (await readdir(real)).toSorted()),
    readLink: (path) => look('read the link', path, async (real) => readlink(real).catch(ignoreCode('EINVAL'))),
    resolve: (path) =>
      look('resolve', path, async (real) => {
        const found = await realpath(real);
        return root !== '' && found.startsWith(root) ? found.slice(root.length) : found;
      }),
    space: (path) =>
      look('look at the file system of', path, async (real) => {
        const { bsize, blocks, bavail, files, ffree } = await statfs(real);
        return {
          sizeBytes: blocks * bsize,
          availableBytes: bavail * bsize,
          inodes: files,
          availableInodes: ffree,
        };
      }),
    sha256: (path) =>
      look('read', path, async (real) => {
        const hash = createHash('sha256');
        await pipeline(createReadStream(real, { signal }), hash);
        return hash.digest('hex');
      }),
    async run(program, args): Promise<NodeCommandResult | undefined> {
      signal.throwIfAborted();
      if (programs[program]?.includes(args[0] ?? '') === true) return run(program, args);
      throw new ConnectError('config_invalid', `the collector may not run ${program} ${args[0] ?? ''}`);
    },
  };
}

interface Names {
  readonly users: ReadonlyMap<number, string>;
  readonly groups: ReadonlyMap<number, string>;
}

async function readNames(read: (path: string) => Promise<string | undefined>): Promise<Names> {
  const accounts = parsePasswd((await read('/etc/passwd')) ?? '');
  return {
    users: new Map(accounts.toReversed().map(({ uid, name }) => [uid, name])),
    groups: parseGroups((await read('/etc/group')) ?? ''),
  };
}

/** Regular files only, for a pipe or a device might never end; those below /proc say that they are empty. */
async function readBounded(real: string, path: string): Promise<string> {
  if (!(await stat(real)).isFile()) throw new ConnectError('invalid_data', `cannot read ${path}: it is no file`);
  const handle = await open(real, 'r');
  try {
    const parts: Buffer[] = [];
    for (let size = 0; ;) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(65_536), 0, 65_536);
      if (bytesRead === 0) return Buffer.concat(parts).toString('utf8');
      size += bytesRead;
      if (size > maxTextBytes) {
        throw new ConnectError('invalid_data', `cannot read ${path}: it has more than ${maxTextBytes} bytes`);
      }
      parts.push(buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}

async function readEnd(real: string, bytes: number): Promise<string> {
  const handle = await open(real, 'r');
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, bytes);
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

const factsOf = (path: string, stats: Stats, { users, groups }: Names): FileFacts => ({
  path,
  type: typeOf(stats),
  mode: (stats.mode & 0o7777).toString(8).padStart(4, '0'),
  owner: users.get(stats.uid) ?? 'UNKNOWN',
  group: groups.get(stats.gid) ?? 'UNKNOWN',
  sizeBytes: stats.size,
  modifiedAt: stats.mtime.toISOString(),
});

function typeOf(stats: Stats): FileFacts['type'] {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'directory';
  if (stats.isSymbolicLink()) return 'symlink';
  if (stats.isSocket()) return 'socket';
  return stats.isBlockDevice() || stats.isCharacterDevice() ? 'device' : 'other';
}

const ignoreCode =
  (code: string) =>
  (error: unknown): undefined => {
    if (error instanceof Error && 'code' in error && error.code === code) return undefined;
    throw error;
  };
