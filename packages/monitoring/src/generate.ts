import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { type CommandSpec, RuntimeError, exitCode, writeFileAtomic } from '@pgattest/runtime';
import { generatedFolders, type GeneratedFile, renderAll } from './outputs.ts';

/** How a file on disk differs from what would be generated. */
export interface Difference {
  readonly path: string;
  readonly kind: 'missing' | 'changed' | 'leftover';
}

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new RuntimeError('file_unreadable', `cannot read ${path}: ${String(error)}`, { cause: error });
  }
}

async function listFolder(root: string, folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => relative(root, join(entry.parentPath, entry.name)));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw new RuntimeError('file_unreadable', `cannot list ${join(root, folder)}: ${String(error)}`, { cause: error });
  }
}

/** Compares the generated folders below `root` with `files`, byte by byte. */
export async function findDifferences(root: string, files: readonly GeneratedFile[]): Promise<readonly Difference[]> {
  const differences: Difference[] = [];
  for (const { path, content } of files) {
    const current = await readIfPresent(join(root, path));
    if (current === undefined) differences.push({ path, kind: 'missing' });
    else if (current !== content) differences.push({ path, kind: 'changed' });
  }
  const expected = new Set(files.map(({ path }) => path));
  for (const folder of generatedFolders) {
    for (const path of await listFolder(root, folder)) {
      if (!expected.has(path)) differences.push({ path, kind: 'leftover' });
    }
  }
  return differences;
}

/** `pgattest generate`: writes rules/ and dashboards/, or with --check only says what is out of date. */
export const generateCommand: CommandSpec = {
  name: 'generate',
  summary: 'Write alert rules and dashboards from the metric catalogue',
  example: 'pgattest generate --check',
  options: [
    { flags: '--check', summary: 'Change nothing; exit 1 when a file is out of date', default: false },
    { flags: '--root <dir>', summary: 'Folder that holds rules/ and dashboards/', default: '.' },
  ],
  async run({ options, stdout }) {
    const root = typeof options['root'] === 'string' ? options['root'] : '.';
    const files = renderAll();
    const differences = await findDifferences(root, files);
    if (options['check'] === true) {
      for (const { path, kind } of differences) stdout.write(`${path}: ${kind}; run "pgattest generate"\n`);
      if (differences.length > 0) return exitCode.findings;
      stdout.write(`${files.length} generated files are up to date\n`);
      return exitCode.ok;
    }
    const contents = new Map(files.map(({ path, content }) => [path, content]));
    for (const { path } of differences) {
      const target = join(root, path);
      const content = contents.get(path);
      if (content === undefined) {
        await rm(target);
        stdout.write(`removed ${path}\n`);
      } else {
        await mkdir(dirname(target), { recursive: true });
        await writeFileAtomic(target, content);
        stdout.write(`wrote ${path}\n`);
      }
    }
    if (differences.length === 0) stdout.write(`${files.length} generated files are up to date\n`);
    return exitCode.ok;
  },
};
