import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeFileAtomic } from './write-atomic.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-write-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

test('the file has the new content and nothing else is left', async () => {
  const path = join(directory, 'a.json');
  await writeFileAtomic(path, 'old');
  await writeFileAtomic(path, new TextEncoder().encode('new'));
  expect(await readFile(path, 'utf8')).toBe('new');
  expect(await readdir(directory)).toEqual(['a.json']);
});

function* pieces(isBroken: boolean): Generator<string, void> {
  yield 'one, ';
  if (isBroken) throw new Error('no second piece');
  yield 'zwei, 三';
}

test('content comes in pieces, and when one cannot be made the old content stays', async () => {
  const path = join(directory, 'a.html');
  await writeFileAtomic(path, pieces(false));
  await expect(writeFileAtomic(path, pieces(true))).rejects.toThrow('no second piece');
  expect(await readFile(path, 'utf8')).toBe('one, zwei, 三');
  expect(await readdir(directory)).toEqual(['a.html']);
});

test('the mode is as asked', async () => {
  const path = join(directory, 'secret');
  await writeFileAtomic(path, 'x', 0o600);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('when it cannot be put in place the old content stays and no temporary file is left', async () => {
  const path = join(directory, 'occupied');
  await writeFile(join(directory, 'other'), 'kept');
  await expect(writeFileAtomic(join(path, 'x'), 'new')).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await readdir(directory)).toEqual(['other']);
});

test('parallel writers leave one whole content', async () => {
  const path = join(directory, 'a');
  const contents = Array.from({ length: 8 }, (_, index) => String(index).repeat(10_000));
  await Promise.all(contents.map((content) => writeFileAtomic(path, content)));
  expect(contents).toContain(await readFile(path, 'utf8'));
});
