import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConnectError } from '@pgattest/connect';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { NodeAccess } from './access.ts';
import { openNodeAccess } from './open-access.ts';
import { pigstyPaths } from './paths.ts';

let root = '';
let node: NodeAccess;
const put = async (path: string, text: string): Promise<void> => {
  await mkdir(join(root, path, '..'), { recursive: true });
  await writeFile(join(root, path), text);
};

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pgattest-node-'));
  await put('/etc/passwd', `someone:x:${process.getuid?.() ?? 0}:0::/home/someone:/bin/sh\n`);
  await put('/etc/group', `somegroup:x:${process.getgid?.() ?? 0}:\n`);
  node = openNodeAccess({
    paths: pigstyPaths,
    root,
    isRoot: false,
    run: async (program) => ({ exitCode: 0, stdout: program, stderr: '' }),
    signal: new AbortController().signal,
  });
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('what is not there is undefined, whatever is asked of it', async () => {
  expect(await node.readText('/no/such/file')).toBeUndefined();
  expect(await node.facts('/no/such/file')).toBeUndefined();
  expect(await node.list('/no/such/folder')).toBeUndefined();
  expect(await node.readLink('/no/such/link')).toBeUndefined();
  expect(await node.resolve('/no/such/path')).toBeUndefined();
  expect(await node.space('/no/such/path')).toBeUndefined();
  expect(await node.sha256('/no/such/file')).toBeUndefined();
  expect(await node.readEnd('/no/such/file', 10)).toBeUndefined();
  expect(await node.readText('/etc/passwd/below-a-file')).toBeUndefined();
});

test('a file is described by the names of this root, and read as it is', async () => {
  await put('/pg/data/x.conf', 'hello');
  await chmod(join(root, '/pg/data/x.conf'), 0o640);
  expect(await node.facts('/pg/data/x.conf')).toMatchObject({
    path: '/pg/data/x.conf',
    type: 'file',
    mode: '0640',
    owner: 'someone',
    group: 'somegroup',
    sizeBytes: 5,
  });
  expect(await node.readText('/pg/data/x.conf')).toBe('hello');
  expect(await node.readEnd('/pg/data/x.conf', 2)).toBe('lo');
  expect(await node.sha256('/pg/data/x.conf')).toBe('2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824');
  expect(await node.list('/pg/data')).toEqual(['x.conf']);
});

test('a link is a link, unless it is to be followed', async () => {
  await put('/pg/data/x.conf', 'hello');
  await symlink('data', join(root, 'pg/link'));
  expect((await node.facts('/pg/link'))?.type).toBe('symlink');
  expect((await node.facts('/pg/link', { follow: true }))?.type).toBe('directory');
  expect(await node.readLink('/pg/link')).toBe('data');
  expect(await node.readLink('/pg/data')).toBeUndefined();
  expect(await node.resolve('/pg/link/x.conf')).toBe('/pg/data/x.conf');
});

test('a file beyond the bound, and a folder, are refused instead of read', async () => {
  await put('/big', 'x'.repeat(1024 * 1024 + 1));
  await expect(node.readText('/big')).rejects.toMatchObject({ code: 'invalid_data' });
  await expect(node.readText('/etc')).rejects.toMatchObject({ code: 'invalid_data' });
});

test('only programs of the list run, and only with the words it allows', async () => {
  expect((await node.run('nft', ['-j', 'list', 'ruleset']))?.stdout).toBe('nft');
  await expect(node.run('rm', ['-rf', '/'])).rejects.toBeInstanceOf(ConnectError);
  await expect(node.run('nft', ['flush', 'ruleset'])).rejects.toMatchObject({ code: 'config_invalid' });
  await expect(node.run('pgbackrest', ['expire'])).rejects.toMatchObject({ code: 'config_invalid' });
});

test('an ended signal ends the looking', async () => {
  const ended = openNodeAccess({
    paths: pigstyPaths,
    root,
    isRoot: false,
    run: async () => undefined,
    signal: AbortSignal.abort(),
  });
  await expect((async () => ended.readText('/etc/passwd'))()).rejects.toThrow(/abort/);
});
