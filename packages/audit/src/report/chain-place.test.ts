import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { generateKeyPairSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyIdOf } from '@pgattest/runtime';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileDay, plainFiling, runIdOf } from '../evidence/chain.fixture.ts';
import { findRunRecord } from '../evidence/find-run-record.ts';
import { folderStore } from '../evidence/folder-store.ts';
import { readRun } from '../evidence/read.ts';
import { auditRules } from '../rules.ts';
import { reviewRun, reviewStoredRun } from '../run.ts';
import { renderHtml } from './html/render.tsx';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-place-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

test('the report of a run names its record, the one before it, its Merkle root and the key', async () => {
  const store = folderStore(directory);
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const first = await fileDay(store, 1);
  const second = await fileDay(store, 2, undefined, { ...plainFiling, privateKey });
  await fileDay(store, 3);
  const run = await reviewRun(join(directory, 'pg-test', runIdOf(2)), auditRules);
  expect(run.report.evidence.chain).toEqual({
    sequence: 2,
    sha256: second.sha256,
    previous: first.sha256,
    filedAt: '2026-11-30T00:00:00.000Z',
    keyId: keyIdOf(publicKey),
  });
  expect(run.report.evidence.merkleRoot).toBe(run.manifest.merkleRoot);
  expect((await reviewStoredRun(store, 'pg-test', runIdOf(2), auditRules)).report).toEqual(run.report);
  for (const language of ['en', 'zh', 'both'] as const) {
    const html = renderHtml(run.report, language);
    for (const hash of [second.sha256, first.sha256, run.manifest.merkleRoot ?? '?', keyIdOf(publicKey)]) {
      expect(html).toContain(hash);
    }
  }
});

test('a copy of a run outside of its store has no place, and its report says so', async () => {
  await fileDay(folderStore(directory), 1);
  const copy = join(directory, 'copy');
  await rename(join(directory, 'pg-test', runIdOf(1)), copy);
  const { report } = await reviewRun(copy, auditRules);
  expect(report.evidence.chain).toBeUndefined();
  expect(renderHtml(report, 'en')).toContain('No record of this run was found');
});

test('a record that is broken, or of other evidence, is not shown as the place of a run', async () => {
  const store = folderStore(directory);
  await fileDay(store, 1);
  await fileDay(store, 2);
  const { digest } = (await reviewRun(join(directory, 'pg-test', runIdOf(2)), auditRules)).manifest;
  expect(await findRunRecord(store, 'pg-test', { runId: runIdOf(2), digest })).toBeDefined();
  expect(await findRunRecord(store, 'pg-test', { runId: runIdOf(2), digest: '0'.repeat(64) })).toBeUndefined();
  expect(await findRunRecord(store, 'pg-none', { runId: runIdOf(2), digest })).toBeUndefined();
  await writeFile(join(directory, 'pg-test', 'chain', '00000002.json'), '{}');
  expect(await findRunRecord(store, 'pg-test', { runId: runIdOf(2), digest })).toBeUndefined();
});

test('one run of many is found with few reads, also when the clock had been set back', async () => {
  const store = folderStore(directory);
  const digests = new Map<number, string>();
  for (let day = 1; day <= 24; day += 1) {
    const filedOn = String(day === 20 ? 3 : day).padStart(2, '0');
    const now = () => `2026-11-${filedOn}T00:01:00.000Z`;
    await fileDay(store, day, undefined, { ...plainFiling, now });
    digests.set(day, (await readRun(join(directory, 'pg-test', runIdOf(day)))).manifest.digest);
  }
  const reads: number[] = [];
  const counted = {
    ...store,
    readRecord: async (cluster: string, sequence: number) => {
      reads.push(sequence);
      return store.readRecord(cluster, sequence);
    },
  };
  for (const day of [1, 7, 20, 24]) {
    const found = await findRunRecord(counted, 'pg-test', { runId: runIdOf(day), digest: digests.get(day) ?? '' });
    expect(found?.record.sequence).toBe(day);
  }
  // Three of them need the five steps of the search and the record itself.
  expect(reads.length).toBeLessThanOrEqual(3 * 6 + 5 + 24);
});
