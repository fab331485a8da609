import { generateKeyPairSync } from 'node:crypto';
import { chmod, copyFile, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyIdOf } from '@pgattest/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { fileDay, plainFiling, runIdOf, snapshotOfDay } from './chain.fixture.ts';
import { readChainState } from './chain.ts';
import { fileRun } from './file-run.ts';
import { folderStore } from './folder-store.ts';
import { keysById, sealRecord } from './record-signature.ts';
import { parseRecord } from './record.ts';
import { sealRun } from './seal.ts';
import { recordName, type EvidenceStore } from './store.ts';
import { verifyCluster, type VerifyOptions } from './verify.ts';
import { emptyEvaluation } from '../snapshot.fixture.ts';

const pair = generateKeyPairSync('ed25519');
const other = generateKeyPairSync('ed25519');
const signed = { ...plainFiling, privateKey: pair.privateKey };
const withKey = keysById([pair.publicKey]);

let directory = '';
let store: EvidenceStore;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-verify-'));
  store = folderStore(directory);
  for (let day = 1; day <= 5; day += 1) await fileDay(store, day, undefined, signed);
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const options: VerifyOptions = { keys: withKey, requireSignatures: true, evidence: true };
const verify = (over: Partial<VerifyOptions> = {}) => verifyCluster(store, 'pg-test', { ...options, ...over });
const problems = async (over: Partial<VerifyOptions> = {}) => (await verify(over)).problems;
const recordFile = (sequence: number): string => join(directory, 'pg-test', 'chain', recordName(sequence));
const runFolder = (day: number): string => join(directory, 'pg-test', runIdOf(day));

async function swap(a: string, b: string): Promise<void> {
  await rename(a, `${a}.away`);
  await rename(b, a);
  await rename(`${a}.away`, b);
}

it('a store as it was written is intact', async () => {
  const result = await verify();
  expect(result).toMatchObject({ records: 5, runs: 5, problems: [], notes: [] });
  expect(result.head?.signature?.keyId).toBe(keyIdOf(pair.publicKey));
});

describe('a store that is not as it was written', () => {
  it('is not intact for any changed byte of a record or of evidence, and the file is named', async () => {
    const files = [
      recordFile(3),
      join(runFolder(3), 'manifest.json'),
      join(runFolder(3), 'pg.settings/pg-test-2.json'),
    ];
    for (const file of files) {
      const bytes = await readFile(file);
      const step = Math.max(1, Math.floor(bytes.length / 7));
      for (let index = 0; index < bytes.length; index += step) {
        const changed = Buffer.from(bytes);
        changed[index] = (changed[index] ?? 0) ^ 1;
        await writeFile(file, changed);
        const [problem] = await problems();
        expect(problem).toContain(file);
      }
      await writeFile(file, bytes);
    }
    expect(await problems()).toEqual([]);
  });

  it('is not intact without one of its files', async () => {
    await rm(join(runFolder(2), 'pg.settings/pg-test-3.json'));
    expect(await problems()).toEqual([
      `evidence refused: ${runFolder(2)}/pg.settings/pg-test-3.json is named by the manifest but is not there`,
    ]);
  });

  it('is not intact when a run was dropped: record and evidence, the record alone, the evidence alone', async () => {
    await rename(recordFile(3), join(directory, 'record'));
    expect(await problems()).toEqual([
      `record 3 of pg-test is missing: record 4 is there and ${recordFile(3)} is not; a run was dropped`,
    ]);
    await rename(runFolder(3), join(directory, 'evidence'));
    expect((await problems())[0]).toContain('record 3 of pg-test is missing');
    await rename(join(directory, 'record'), recordFile(3));
    expect(await problems()).toEqual([
      `the evidence of run ${runIdOf(3)} is gone: record 3 of pg-test names it and ${runFolder(3)} is not there`,
    ]);
  });

  it('is not intact when the first record was dropped', async () => {
    await rm(recordFile(1));
    expect((await problems())[0]).toContain('record 1 of pg-test is missing');
  });

  it('is not intact when a record was dropped and the others were moved up', async () => {
    await rename(recordFile(4), recordFile(3));
    await rename(recordFile(5), recordFile(4));
    expect((await problems())[0]).toContain('holds record 4 of pg-test, not record 3: records were swapped or renamed');
  });

  it('is not intact when two runs were swapped: their records, or their evidence', async () => {
    await swap(recordFile(2), recordFile(3));
    expect((await problems())[0]).toContain('holds record 3 of pg-test, not record 2: records were swapped');
    await swap(recordFile(2), recordFile(3));
    await swap(runFolder(2), runFolder(3));
    expect((await problems())[0]).toBe(
      `${runFolder(2)} holds run ${runIdOf(3)} of pg-test, not run ${runIdOf(2)} of pg-test: runs were swapped`,
    );
  });

  it('is not intact when a record was forged: with another key, with none, or with the hash alone', async () => {
    const parsed = parseRecord(await readFile(recordFile(3), 'utf8'));
    if (!parsed.ok) throw new Error(parsed.problem);
    const forged = { ...parsed.sealed.record, filedAt: '2020-01-01T00:00:00.000Z' };
    await writeFile(recordFile(3), canonicalJson(sealRecord(forged, other.privateKey)));
    expect((await problems())[0]).toContain(
      `record 3 of pg-test was signed with another key: ${keyIdOf(other.publicKey)}; the key given is ${keyIdOf(pair.publicKey)}`,
    );
    await writeFile(recordFile(3), canonicalJson(sealRecord(forged, undefined)));
    expect((await problems({ requireSignatures: false }))[0]).toContain('record 3 of pg-test is not signed');
    await writeFile(
      recordFile(3),
      canonicalJson({ ...sealRecord(forged, undefined), signature: parsed.sealed.signature }),
    );
    expect((await problems())[0]).toContain('carries a signature that does not belong to its content');
    // Without any key the chain itself still shows it: the next record names another one.
    expect((await problems({ keys: new Map(), requireSignatures: false }))[0]).toContain(
      'the chain of pg-test is broken at record 4',
    );
  });

  it('is not intact under a wrong key', async () => {
    expect((await problems({ keys: keysById([other.publicKey]) }))[0]).toContain(
      'record 1 of pg-test was signed with another key',
    );
  });

  it('is not intact when a cluster was renamed', async () => {
    await rename(join(directory, 'pg-test'), join(directory, 'pg-prod'));
    const { problems: found } = await verifyCluster(store, 'pg-prod', options);
    expect(found[0]).toContain('is a record of cluster pg-test, not of pg-prod');
  });

  it('does not hold what a report printed once its end was cut off', async () => {
    const { head, known } = await verify();
    const printed = [
      head?.sha256,
      head?.record.run.manifest,
      head?.record.kind === 'run' ? head.record.run.merkleRoot : '',
    ];
    expect(printed.map((hash) => known.has(hash ?? ''))).toEqual([true, true, true]);
    await rm(recordFile(5));
    await rm(runFolder(5), { recursive: true });
    const cut = await verify();
    expect(cut.problems).toEqual([]);
    expect(printed.map((hash) => cut.known.has(hash ?? ''))).toEqual([false, false, false]);
  });

  it('is not intact when a record claims outcomes that its chain does not add up to', async () => {
    await rm(directory, { recursive: true });
    await fileDay(store, 1);
    const state = await readChainState(store, 'pg-test');
    const before = state.lastRun?.record;
    if (before === undefined) throw new Error('no run');
    const lie = { ...before, outcomes: { ...before.outcomes, changes: {} } };
    await writeFile(recordFile(1), canonicalJson(sealRecord(lie, undefined)));
    expect((await problems({ keys: new Map(), requireSignatures: false }))[0]).toContain('do not add up');
  });
});

describe('what is no break', () => {
  it('records from before signing began are covered by the first signature behind them', async () => {
    await rm(directory, { recursive: true });
    await fileDay(store, 1);
    await fileDay(store, 2, undefined, signed);
    const result = await verify({ requireSignatures: false });
    expect(result.problems).toEqual([]);
    expect(result.notes[0]).toContain('records 1 to 1 were filed before signing began');
    expect(await problems()).toEqual([`record 1 of pg-test is not signed (${recordFile(1)})`]);
    await fileDay(store, 3);
    expect(await problems({ requireSignatures: false })).toEqual([
      `record 3 of pg-test is not signed (${recordFile(3)})`,
    ]);
  });

  it('a chain without any signature is not intact under a key', async () => {
    await rm(directory, { recursive: true });
    await fileDay(store, 1);
    expect(await problems({ requireSignatures: false })).toEqual([
      'no record of pg-test is signed, though a public key was given',
    ]);
  });

  it('a run that was written and never recorded is told, and the next one is filed', async () => {
    await fileRun(store, sealRun(snapshotOfDay(6), emptyEvaluation));
    await mkdir(join(directory, 'pg-test', `.partial-${runIdOf(7)}`));
    await writeFile(join(directory, 'pg-test', 'chain', '.00000006.json.abc.tmp'), '{"rec');
    await fileDay(store, 8, undefined, signed);
    const { problems: found, notes, records } = await verify();
    expect({ found, records }).toEqual({ found: [], records: 6 });
    expect(notes.join('\n')).toMatch(/run \S+ was written but never entered the chain/u);
    expect(notes.filter((note) => note.includes('left by an interrupted run'))).toHaveLength(2);
  });

  it('evidence from before there was a chain still reads, and counts as that', async () => {
    const { merkleRoot: _, digest: __, ...body } = sealRun(snapshotOfDay(9), emptyEvaluation).manifest;
    const { sha256 } = await import('./hash.ts');
    const manifest = { ...body, digest: sha256(canonicalJson(body)) };
    await fileRun(store, { manifest, files: sealRun(snapshotOfDay(9), emptyEvaluation).files });
    const { problems: found, notes } = await verify();
    expect({ found, notes }).toEqual({
      found: [],
      notes: [expect.stringContaining('1 run was filed before there was a chain')],
    });
  });

  it('evidence that was archived is missed only from the day on that was given', async () => {
    await rm(runFolder(1), { recursive: true });
    expect(await problems({ evidenceSince: '2026-11-01' })).toHaveLength(1);
    expect(await problems({ evidenceSince: '2026-11-02' })).toEqual([]);
    expect(await problems({ evidence: false })).toEqual([]);
  });
});

describe('the state at the head', () => {
  it('is read from the cache, and from the chain when the cache is lost, old or forged', async () => {
    const cache = join(directory, 'pg-test', 'chain', 'state.json');
    const expected = await readChainState(store, 'pg-test');
    const text = await readFile(cache, 'utf8');
    for (const forged of [text.replaceAll('"pass"', '"fail"'), '{', text.replace('"sequence": 5', '"sequence": 4')]) {
      await writeFile(cache, forged);
      expect(await readChainState(store, 'pg-test')).toEqual(expected);
    }
    await rm(cache);
    expect(await readChainState(store, 'pg-test')).toEqual(expected);
  });

  it('many writers at once make one chain', async () => {
    const days = Array.from({ length: 12 }, (_, index) => index + 11);
    await Promise.all(days.map((day) => fileDay(folderStore(directory), day, undefined, signed)));
    expect(await verify()).toMatchObject({ records: 17, runs: 17, problems: [], notes: [] });
    expect((await readdir(join(directory, 'pg-test', 'chain'))).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('a writer refuses to follow a record that was changed', async () => {
    await copyFile(recordFile(4), recordFile(5));
    await chmod(recordFile(5), 0o640);
    await writeFile(recordFile(5), '{}');
    await expect(fileDay(store, 6)).rejects.toMatchObject({ code: 'changed', file: recordFile(5) });
  });
});
