import { spawnSync } from 'node:child_process';
import { appendFile, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateSigningKey, loadSigningKey } from '@pgattest/runtime';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../finding.ts';
import { fileDay, plainFiling, runIdOf } from './chain.fixture.ts';
import { folderStore } from './folder-store.ts';
import { proveFile } from './prove.ts';
import { recordName } from './store.ts';

/** The blocks of the page for assessors, in order, each run by bash as a reader would. */
const page = readFile(new URL('../../docs/evidence.md', import.meta.url), 'utf8');
const blocks = async (): Promise<readonly string[]> =>
  [...(await page).matchAll(/```bash\n(.*?)```/gsu)].map((match) => match[1] ?? '');

let keys = '';
let directory = '';
beforeAll(async () => {
  keys = await mkdtemp(join(tmpdir(), 'pgattest-page-keys-'));
  await generateSigningKey(join(keys, 'audit.key'));
  await generateSigningKey(join(keys, 'other.key'));
});
afterAll(async () => {
  await rm(keys, { recursive: true, force: true });
});
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-page-'));
  const privateKey = await loadSigningKey(join(keys, 'audit.key'), 'keygen');
  const days: readonly Readonly<Record<string, Outcome>>[] = [
    { 'a/1': 'pass', 'b/1': 'fail', 'c/1': 'warn' },
    { 'a/1': 'fail', 'b/1': 'fail' },
    { 'a/1': 'pass', 'b/1': 'excepted', 'd/1': 'error' },
  ];
  for (const [index, outcomes] of days.entries()) {
    await fileDay(folderStore(directory), index + 1, outcomes, { ...plainFiling, privateKey });
  }
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

function bash(script: string, publicKey = 'audit.key.pub'): string {
  const { stdout, stderr } = spawnSync('bash', ['--norc', '--noprofile', '-c', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    env: {
      PATH: '/usr/local/bin:/usr/bin:/bin',
      LC_ALL: 'C',
      STORE: directory,
      CLUSTER: 'pg-test',
      RUN: runIdOf(2),
      PUBLIC_KEY: join(keys, publicKey),
    },
  });
  return `${stdout}${stderr}`;
}
const all = async (publicKey?: string): Promise<string> =>
  (await blocks()).map((block) => bash(block, publicKey)).join('');
const recordFile = (sequence: number): string => join(directory, 'pg-test', 'chain', recordName(sequence));

describe('the page for assessors', () => {
  it('has its blocks, and they say nothing of a store as it was written', async () => {
    expect(await blocks()).toHaveLength(6);
    expect(await all()).toBe('');
  });

  it('shows a changed file, a changed record, a missing one and a wrong key', async () => {
    const file = join(directory, 'pg-test', runIdOf(2), 'pg.settings', 'pg-test-1.json');
    const text = await readFile(file, 'utf8');
    await appendFile(file, ' ');
    expect(await all()).toContain('pg.settings/pg-test-1.json: FAILED');
    await writeFile(file, text);
    const record = await readFile(recordFile(2), 'utf8');
    await writeFile(recordFile(2), record.replace('"a/1": "fail"', '"a/1": "pass"'));
    const changed = await all();
    expect(changed).toContain('00000002.json was changed');
    expect(changed).toContain('00000002.json is not genuine');
    await writeFile(recordFile(2), record);
    await rename(recordFile(2), join(directory, 'record'));
    const dropped = await all();
    expect(dropped).toContain('00000003.json does not follow the one before it');
    expect(dropped).toContain('a record is missing');
    await rename(join(directory, 'record'), recordFile(2));
    expect(await all('other.key.pub')).toContain('00000001.json is not genuine');
  });

  it('a proof of one file leads, by its printed commands, to the root of the record', async () => {
    const store = folderStore(directory);
    const proof = await proveFile(store, `pg-test/${runIdOf(2)}/pg.settings/pg-test-3.json`);
    const output = bash(`cd "$STORE/$CLUSTER/$RUN"\n${proof.commands.join('\n')}`);
    expect(output.trimEnd().split('\n')).toEqual([`${proof.sha256}  pg.settings/pg-test-3.json`, proof.root]);
    expect(JSON.parse(await readFile(recordFile(2), 'utf8'))).toMatchObject({
      record: { run: { merkleRoot: proof.root } },
    });
    await expect(proveFile(store, `pg-test/${runIdOf(2)}/pg.settings/other.json`)).rejects.toThrow(/has no file/u);
    await expect(proveFile(store, 'pg-test')).rejects.toThrow(/write <cluster>\/<run id>\/<path>/u);
  });
});
