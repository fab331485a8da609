import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBackrestConfig, type BackrestConfigFile } from './config-file.ts';
import { settingsOf, stanzasOf } from './config.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pgattest-config-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function read(text: string): Promise<BackrestConfigFile> {
  const config = join(folder, 'pgbackrest.conf');
  await writeFile(config, text);
  const result = await readBackrestConfig({ config });
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

const text = `# comment
[global]
repo1-path=/backup
repo1-retention-full=2
repo1-cipher-type=aes-256-cbc
repo1-cipher-pass=secret-one
repo2-type=s3
repo2-s3-key=secret-two
repo2-s3-key-secret=secret-three
repo2-bundle=y
repo2-block=y
repo2-retention-full-type=time
repo2-retention-full=14
repo2-retention-archive=1
archive-async=y
spool-path=/spool

[global:archive-push]
archive-push-queue-max=4GiB

[demo]
pg1-path=/data
repo1-retention-full=5

[demo:backup]
process-max=2

[other]
pg1-host=db.example
pg1-path=/data
`;

test('stanzas and their settings, the nearest section first', async () => {
  const config = await read(text);
  expect(stanzasOf(config)).toEqual(['demo', 'other']);
  const demo = settingsOf(config, 'demo', {});
  expect(demo).toMatchObject({
    pgPath: '/data',
    spoolPath: '/spool',
    lockPath: '/tmp/pgbackrest',
    isArchiveAsync: true,
    archivePushQueueMaxBytes: 4 * 2 ** 30,
  });
  expect(demo.repositories).toEqual([
    expect.objectContaining({ key: 1, type: 'posix', cipherType: 'aes-256-cbc', retentionFull: 5 }),
    expect.objectContaining({ key: 2, type: 's3', isBundled: true, retentionFullType: 'time', retentionArchive: 1 }),
  ]);
  // The data directory of another host is not one of ours.
  expect(settingsOf(config, 'other', {})).not.toHaveProperty('pgPath');
});

test('the environment goes before files, as for pgBackRest', async () => {
  const config = await read(text);
  const settings = settingsOf(config, 'demo', { PGBACKREST_SPOOL_PATH: '/elsewhere', PGBACKREST_REPO3_TYPE: 'gcs' });
  expect(settings.spoolPath).toBe('/elsewhere');
  expect(settings.repositories.map(({ key }) => key)).toEqual([1, 2, 3]);
});

test('secrets are dropped while reading', async () => {
  const { sections } = await read(text);
  const values = [...sections.values()].flatMap((section) => [...section.values()]);
  expect(values.filter((value) => value.includes('secret'))).toEqual([]);
  expect(sections.get('global')?.get('repo1-cipher-pass')).toBe('***');
});

test.each([
  ['[global]\nrepo1-path', ':2 is neither'],
  ['repo1-path=/x', ':1 has an option before'],
])('%j is refused with its line and without its text', async (bad, why) => {
  await expect(read(bad)).rejects.toThrow(why);
});

test('a file that is missing is said', async () => {
  const result = await readBackrestConfig({ config: join(folder, 'none.conf') });
  expect(result).toMatchObject({ ok: false, failure: { class: 'missing' } });
});
