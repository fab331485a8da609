import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import pLimit from 'p-limit';
import { writeFileAtomic } from '@pgattest/runtime';
import { EvidenceError } from './errors.ts';
import { cacheName, chainFolder, recordName, runIdPattern, sequenceOf, type EvidenceStore } from './store.ts';

const filesAtATime = 8;

/**
 * Evidence in a folder: `<directory>/<cluster>/<run id>/…` and `<directory>/<cluster>/chain/00000001.json`.
 * A run is written and synced in a hidden folder that is then renamed. A record is written and synced under a name of its
 * own and then linked to its place: link(2) fails when the place is taken, so that of several writers one wins, on local
 * disks and on NFS alike, and what is there is whole.
 */
export function folderStore(directory: string): EvidenceStore {
  const runFolder = (cluster: string, runId: string): string => join(directory, cluster, runId);
  const chainOf = (cluster: string): string => join(directory, cluster, chainFolder);
  const recordFile = (cluster: string, sequence: number): string => join(chainOf(cluster), recordName(sequence));
  return {
    name: directory,
    placeOfRun: runFolder,
    placeOfRecord: recordFile,
    async clusters() {
      const entries = await listFolder(directory);
      return entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);
    },
    async list(cluster) {
      const entries = await listFolder(join(directory, cluster));
      const chain = await listFolder(chainOf(cluster));
      return {
        runs: entries.filter((entry) => entry.isDirectory() && runIdPattern.test(entry.name)).map(({ name }) => name),
        records: chain.flatMap(({ name }) => sequenceOf(name) ?? []).toSorted((a, b) => a - b),
        remains: [
          ...entries
            .filter(({ name }) => name.startsWith('.partial-'))
            .map(({ name }) => join(directory, cluster, name)),
          ...chain.filter(({ name }) => name.startsWith('.')).map(({ name }) => join(chainOf(cluster), name)),
        ],
      };
    },
    async putRun(cluster, runId, files) {
      const parent = join(directory, cluster);
      const folder = runFolder(cluster, runId);
      const partial = join(parent, `.partial-${runId}`);
      await writing(folder, async () => {
        await makeFolders(directory, parent);
        await mkdir(partial, { mode: 0o750 });
        try {
          const folders = new Set([...files.keys()].map((path) => dirname(join(partial, path))));
          for (const inner of folders) await mkdir(inner, { recursive: true, mode: 0o750 });
          await writeAll([...files].map(([path, text]) => [join(partial, path), text]));
          for (const inner of folders) await syncFolder(inner);
          await syncFolder(partial);
          await rename(partial, folder);
        } finally {
          await rm(partial, { recursive: true, force: true });
        }
        await syncFolder(parent);
      });
    },
    listRun: (cluster, runId) => listPlainFiles(runFolder(cluster, runId)),
    readRunFile: (cluster, runId, path) => readEvidence(join(runFolder(cluster, runId), path)),
    async readRecord(cluster, sequence) {
      return readIfThere(recordFile(cluster, sequence));
    },
    async addRecord(cluster, sequence, text) {
      const chain = chainOf(cluster);
      const file = recordFile(cluster, sequence);
      const temporary = join(chain, `.${recordName(sequence)}.${randomBytes(6).toString('hex')}.tmp`);
      return writing(file, async () => {
        await makeFolders(join(directory, cluster), chain);
        try {
          await writeSynced(temporary, text);
          await link(temporary, file);
        } catch (cause) {
          if (isCode(cause, 'EEXIST')) return false;
          throw cause;
        } finally {
          await rm(temporary, { force: true });
        }
        await syncFolder(chain);
        return true;
      });
    },
    readCache: (cluster) => readIfThere(join(chainOf(cluster), cacheName)),
    writeCache: (cluster, text) =>
      writing(chainOf(cluster), () => writeFileAtomic(join(chainOf(cluster), cacheName), text, 0o640)),
    close: () => Promise.resolve(),
  };
}

/** Reads one file of evidence. Errors: EvidenceError unreadable. */
export async function readEvidence(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new EvidenceError('unreadable', file, `cannot read evidence file ${file}: ${messageOf(cause)}`, { cause });
  }
}

/** Paths inside the folder, with forward slashes. Anything but a plain file or folder is listed too, and so refused. */
export async function listPlainFiles(folder: string): Promise<ReadonlySet<string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new EvidenceError('unreadable', folder, `cannot list evidence in ${folder}: ${messageOf(cause)}`, { cause });
  });
  return new Set(
    entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => {
        const path = relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/');
        return entry.isFile() ? path : `${path} (not a plain file)`;
      }),
  );
}

async function listFolder(folder: string) {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (cause) {
    if (isCode(cause, 'ENOENT')) return [];
    throw new EvidenceError('unreadable', folder, `cannot list evidence in ${folder}: ${messageOf(cause)}`, { cause });
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if (isCode(cause, 'ENOENT')) return undefined;
    throw new EvidenceError('unreadable', file, `cannot read evidence file ${file}: ${messageOf(cause)}`, { cause });
  }
}

async function writing<T>(place: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    throw new EvidenceError('unreadable', place, `cannot write evidence to ${place}: ${messageOf(cause)}`, { cause });
  }
}

/** Makes a folder and those above it down from `from`, each synced into its parent. */
async function makeFolders(from: string, folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o750 });
  if (first === undefined) return;
  await syncFolder(dirname(folder));
  if (first !== folder) await syncFolder(dirname(from));
}

/** Several at a time, which the disk syncs together. When one fails, rejects once none is being written any more. */
async function writeAll(files: readonly (readonly [path: string, text: string])[]): Promise<void> {
  const limit = pLimit(filesAtATime);
  const written = await Promise.allSettled(files.map(([path, text]) => limit(() => writeSynced(path, text))));
  const failed = written.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

async function writeSynced(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o640);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const isCode = (cause: unknown, code: string): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === code;
const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
