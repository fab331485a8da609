import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { canonicalJson } from './canonical-json.ts';
import { EvidenceError } from './errors.ts';
import { manifestFile, type SealedRun } from './seal.ts';

/**
 * Files a run under `<directory>/<cluster>/<run id>/` and returns that folder. Everything is written and synced in a
 * hidden folder beside it which is then renamed, so a crash leaves no half run that could be taken for a whole one.
 */
export async function writeRun(directory: string, { manifest, files }: SealedRun): Promise<string> {
  const parent = join(directory, manifest.cluster);
  const folder = join(parent, manifest.runId);
  const partial = join(parent, `.partial-${manifest.runId}`);
  try {
    await mkdir(parent, { recursive: true, mode: 0o750 });
    await mkdir(partial, { mode: 0o750 });
    try {
      for (const [path, text] of files) await writeSynced(join(partial, path), text);
      await writeSynced(join(partial, manifestFile), canonicalJson(manifest));
      await rename(partial, folder);
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
    await syncFolder(parent);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new EvidenceError('unreadable', folder, `cannot write evidence to ${folder}: ${why}`, { cause });
  }
  return folder;
}

/** Run ids filed for a cluster, oldest first. Empty when nothing was filed yet. */
export async function listRuns(directory: string, cluster: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(join(directory, cluster), { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && runIdPattern.test(entry.name))
      .map((entry) => entry.name)
      .toSorted();
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new EvidenceError('unreadable', directory, `cannot list evidence in ${directory}: ${why}`, { cause });
  }
}

/** `20261121T203319Z-1a2b3c4d`: sorts by time, and two runs of one second still differ. */
export const runIdPattern = /^\d{8}T\d{6}Z-[0-9a-f]{8}$/u;

async function writeSynced(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o750 });
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
