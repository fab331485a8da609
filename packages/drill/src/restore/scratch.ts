import { chmod, chown, mkdir, mkdtemp, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { precondition, unknownPrecondition, type Precondition } from '../conduct/precondition.ts';
import { messageOf } from '../errors.ts';
import { runProgram } from '../process/run-program.ts';
import type { RunAs } from '../process/run-as.ts';
import { scratchLayout, type ScratchLayout } from './instance-config.ts';
import { overlaps, resolvePath } from './overlap.ts';

/** A place that a scratch directory must stay away from. */
export interface ProtectedPath {
  /** `the data directory (pg1-path)` */
  readonly what: string;
  readonly path: string;
}

/** Room for WAL and growth during recovery, beside the data itself. */
const spareBytes = 512 * 1024 * 1024;
/** Length of the longest name made below the scratch directory that a socket address must hold. */
const socketTail = '/pgattest-drill-XXXXXX/s/.s.PGSQL.54999'.length;

/** Whether a restore of `neededBytes` may go below this directory. */
export async function scratchPreconditions(
  parent: string,
  neededBytes: number,
  protectedPaths: readonly ProtectedPath[],
  runAs: RunAs,
): Promise<readonly Precondition[]> {
  const isDirectory = await stat(parent).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const exists = precondition(
    'scratch-exists',
    'the scratch directory exists',
    isDirectory,
    isDirectory ? parent : `${parent} is no directory; make it, on a file system with room for the database`,
  );
  if (exists.state !== 'met') return [exists];
  const resolved = await resolvePath(parent);
  const overlap = await findOverlap(resolved, protectedPaths);
  return [
    exists,
    precondition(
      'scratch-apart',
      'the scratch directory lies apart from data directories and repositories',
      overlap === undefined,
      overlap ?? `${resolved} is in none of ${protectedPaths.map(({ path }) => path).join(', ')}`,
    ),
    await isReachable(resolved, runAs),
    await freeSpace(resolved, neededBytes),
    precondition(
      'scratch-path-short',
      'a socket path below the scratch directory is not too long',
      Buffer.byteLength(resolved) + socketTail <= 107,
      `${Buffer.byteLength(resolved) + socketTail} of 107 bytes`,
    ),
  ];
}

async function findOverlap(resolved: string, protectedPaths: readonly ProtectedPath[]): Promise<string | undefined> {
  for (const { what, path } of protectedPaths) {
    const other = await resolvePath(path);
    if (overlaps(resolved, other)) return `${resolved} overlaps ${what} ${other}; choose another --scratch`;
  }
  for (let path = resolved; path !== dirname(path); path = dirname(path)) {
    const isData = await stat(join(path, 'PG_VERSION')).then(
      () => true,
      () => false,
    );
    if (isData) return `${resolved} lies in the data directory ${path} of a PostgreSQL; choose another --scratch`;
  }
  return undefined;
}

/** Asks the kernel as the owner of the database: modes of every directory above count. */
async function isReachable(directory: string, runAs: RunAs): Promise<Precondition> {
  const title = `${runAs.user} can reach the scratch directory`;
  try {
    const { code } = await runProgram([...runAs.prefix, 'test', '-x', directory], {
      env: { PATH: '/usr/bin:/bin' },
      signal: AbortSignal.timeout(10_000),
      timeoutMs: 10_000,
    });
    const remedy = `${runAs.user} may not enter ${directory}; let it through the directories above, or choose another`;
    return precondition('scratch-reachable', title, code === 0, code === 0 ? directory : remedy);
  } catch (error) {
    return unknownPrecondition('scratch-reachable', title, messageOf(error));
  }
}

async function freeSpace(directory: string, neededBytes: number): Promise<Precondition> {
  const title = 'the scratch file system has room for the database';
  try {
    const { bavail, bsize } = await statfs(directory);
    const free = bavail * bsize;
    const wanted = Math.ceil(neededBytes * 1.1) + spareBytes;
    const detail = `${mebibytes(free)} free, ${mebibytes(wanted)} needed (the backup, a tenth more, and 512 MiB for WAL)`;
    return precondition('scratch-space', title, free >= wanted, detail);
  } catch (error) {
    return unknownPrecondition('scratch-space', title, messageOf(error));
  }
}

const mebibytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MiB`;

/** Makes a directory of our own below the parent, for the owner of the database alone. */
export async function makeScratch(parent: string, runAs: RunAs): Promise<ScratchLayout> {
  const layout = scratchLayout(await mkdtemp(join(await resolvePath(parent), 'pgattest-drill-')));
  await giveTo(layout.root, runAs);
  for (const directory of [layout.dataDir, layout.tablespaceDir, layout.socketDir, `${layout.root}/lock`]) {
    await mkdir(directory, { mode: 0o700 });
    await giveTo(directory, runAs);
  }
  return layout;
}

/** Ownership and mode of something below a scratch directory. */
export async function giveTo(path: string, { uid, gid }: RunAs, mode = 0o700): Promise<void> {
  await chmod(path, mode);
  if (process.getuid?.() === 0) await chown(path, uid, gid);
}

/** Removes what makeScratch made. */
export async function removeScratch(layout: ScratchLayout): Promise<void> {
  await rm(layout.root, { recursive: true, force: true, maxRetries: 3 });
}
