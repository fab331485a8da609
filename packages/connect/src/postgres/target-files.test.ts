import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { resolvePgTarget } from './dsn.ts';
import { rememberTargetFiles, type TargetFiles } from './target-files.ts';

let directory: string;
let passfile: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-files-'));
  passfile = join(directory, 'pass');
  await writeFile(passfile, '*:*:app:monitor:one\n*:*:*:monitor:two\n', { mode: 0o600 });
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

async function passwordOf(database: string, files: TargetFiles): Promise<string | undefined> {
  const dsn = `host=127.0.0.1 user=monitor passfile=${passfile}`;
  return (await resolvePgTarget(dsn, { env: { HOME: directory }, database, files })).password?.reveal();
}

test('each database has its own line of a file that is read once', async () => {
  const files = rememberTargetFiles(60_000);
  expect(await passwordOf('app', files)).toBe('one');
  await writeFile(passfile, '*:*:*:monitor:three\n');
  expect(await passwordOf('app', files)).toBe('one');
  expect(await passwordOf('other', files)).toBe('two');
});

test('what changed counts as soon as it is to be looked at anew', async () => {
  const files = rememberTargetFiles(60_000);
  expect(await passwordOf('app', files)).toBe('one');
  await writeFile(passfile, '*:*:*:monitor:three\n');
  files.forget();
  expect(await passwordOf('app', files)).toBe('three');
});

test('what changed counts when the answer is too old', async () => {
  const files = rememberTargetFiles(-1);
  expect(await passwordOf('app', files)).toBe('one');
  await writeFile(passfile, '*:*:*:monitor:three\n');
  expect(await passwordOf('app', files)).toBe('three');
});
