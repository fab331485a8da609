import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AnyCollector } from '@pgattest/catalog';
import { combineDirectory, combineSingle, type Combined, type NamedFile } from './combine.ts';
import type { Diagnostic, Place } from './diagnostic.ts';
import { readCollectorFile } from './read-file.ts';
import { toCollectors } from './to-collectors.ts';

/** A configuration in pg_exporter's format, ready to plan and run like the built-in collectors. */
export interface LoadedCollectors {
  /** False: the configuration is rejected, keep what runs. A skipped file of a directory does not reject it. */
  readonly ok: boolean;
  /** In order of execution; several may have one id. Empty when rejected. */
  readonly collectors: readonly AnyCollector[];
  /** Every problem with its place; a file skipped in a directory keeps its errors here. */
  readonly diagnostics: readonly Diagnostic[];
  /** Files read, also invalid ones, in the order they count. */
  readonly files: readonly string[];
  /** Where each branch of the result stands, by its key. */
  readonly places: ReadonlyMap<string, Place>;
  /** SHA-256 over names and contents of all files, in hex: equal = same configuration. */
  readonly hash: string;
}

/** Where a configuration is looked for when none is named, in this order. */
export const collectorConfigPaths: readonly string[] = [
  './pg_exporter.yml',
  '/etc/pg_exporter.yml',
  '/etc/pg_exporter',
];

/** More is no collector file, and would not fit the memory of a small node. */
const largestBytes = 16 * 1024 * 1024;

/** The first of `paths` that exists; undefined when none does. */
export async function findCollectorConfig(
  paths: readonly string[] = collectorConfigPaths,
): Promise<string | undefined> {
  for (const path of paths) {
    if (await isThere(path)) return path;
  }
  return undefined;
}

/**
 * Reads one YAML file, or every .yml and .yaml file directly in a directory. Never rejects: what cannot be read is a
 * diagnostic of code `unreadable`.
 */
export async function loadCollectors(path: string): Promise<LoadedCollectors> {
  let names: readonly string[] | undefined;
  try {
    names = (await stat(path)).isDirectory() ? await collectorFilesIn(path) : undefined;
  } catch (error) {
    return finish({ branches: undefined, diagnostics: [unreadable(path, error)] }, [], '');
  }
  const hash = createHash('sha256');
  const files: NamedFile[] = [];
  for (const file of names ?? [path]) {
    const content = await readText(file);
    hash.update(`${file}\0${content.ok ? content.text : ''}\0`);
    files.push({
      file,
      ...(content.ok ? readCollectorFile(content.text, file) : { branches: undefined, diagnostics: [content.problem] }),
    });
  }
  const [single] = files;
  const combined = names === undefined && single !== undefined ? combineSingle(single) : combineDirectory(path, files);
  return finish(
    combined,
    files.map(({ file }) => file),
    hash.digest('hex'),
  );
}

function finish({ branches, diagnostics }: Combined, files: readonly string[], hash: string): LoadedCollectors {
  return {
    ok: branches !== undefined,
    collectors: toCollectors(branches ?? []),
    diagnostics,
    files,
    places: new Map((branches ?? []).map(({ key, sqlAt }) => [key, sqlAt])),
    hash,
  };
}

/** Sorted by file name as bytes; other endings and sub-directories are passed over. */
async function collectorFilesIn(directory: string): Promise<readonly string[]> {
  const names = (await readdir(directory)).filter((name) => /\.ya?ml$/.test(name)).toSorted(byBytes);
  const files: string[] = [];
  for (const name of names) {
    const file = join(directory, name);
    const found = await stat(file).catch(() => undefined);
    // A dangling link is named by the read that follows.
    if (found === undefined || !found.isDirectory()) files.push(file);
  }
  return files;
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

type Content = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: Diagnostic };

async function readText(file: string): Promise<Content> {
  try {
    const bytes = await readFile(file);
    if (bytes.length > largestBytes) throw new Error(`it has more than ${largestBytes / 1024 / 1024} MiB`);
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    return { ok: false, problem: unreadable(file, error) };
  }
}

function unreadable(file: string, error: unknown): Diagnostic {
  const why = error instanceof Error ? error.message : String(error);
  return {
    file,
    line: 1,
    column: 1,
    severity: 'error',
    code: 'unreadable',
    key: '',
    message: `cannot read it: ${why}`,
    remedy: 'name a UTF-8 YAML file, or a directory of them, that this user can read',
  };
}
