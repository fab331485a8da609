import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { canonicalJson } from '../evidence/canonical-json.ts';
import { placeAfter, readChainState, type ChainState } from '../evidence/chain.ts';
import { fileDay, plainFiling, runIdOf } from '../evidence/chain.fixture.ts';
import { folderStore } from '../evidence/folder-store.ts';
import { sealRecord } from '../evidence/record-signature.ts';
import type { RunRecord, SealedRecord } from '../evidence/record.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import type { Outcome } from '../finding.ts';
import { readHistory } from './read-history.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-history-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

it('tells of every run what appeared, went, came back and could not be decided', async () => {
  const store = folderStore(directory);
  const days: readonly Readonly<Record<string, Outcome>>[] = [
    { 'a/1': 'pass', 'b/1': 'fail', 'c/1': 'warn' },
    { 'a/1': 'fail', 'b/1': 'fail', 'c/1': 'pass' },
    { 'a/1': 'fail', 'b/1': 'error', 'c/1': 'warn' },
    { 'a/1': 'pass', 'b/1': 'fail', 'c/1': 'excepted' },
  ];
  for (const [index, outcomes] of days.entries()) await fileDay(store, index + 1, outcomes);
  const { runs, findings } = await readHistory(store, 'pg-test');
  expect(runs.map(({ runId }) => runId)).toEqual([1, 2, 3, 4].map(runIdOf));
  expect(runs.map(({ drift, unchanged }) => ({ ...drift, unchanged }))).toEqual([
    { new: ['b/1', 'c/1'], reopened: [], closed: [], unknown: [], unchanged: 0 },
    { new: ['a/1'], reopened: [], closed: ['c/1'], unknown: [], unchanged: 1 },
    { new: [], reopened: ['c/1'], closed: [], unknown: ['b/1'], unchanged: 1 },
    { new: [], reopened: [], closed: ['a/1'], unknown: [], unchanged: 2 },
  ]);
  expect(findings.get('b/1')).toMatchObject({ outcome: 'fail', firstSeen: '2026-11-01T00:00:00.000Z' });
  expect(findings.get('c/1')).toMatchObject({ reopened: 1, firstSeen: '2026-11-01T00:00:00.000Z' });
});

it('reads 10,000 runs of 600 findings, and the state at the head from one record of them', async () => {
  const { store, reads } = chainInMemory(10_000);
  const { runs, findings } = await readHistory(store, 'pg-test');
  expect(runs).toHaveLength(10_000);
  expect(findings.get('check-7/pg-test-1')).toMatchObject({ outcome: 'pass', reopened: 1427 });
  await fileRecordOnly(store);
  reads.length = 0;
  expect((await readChainState(store, 'pg-test')).head?.record.sequence).toBe(10_001);
  expect(reads).toEqual([10_001]);
});

/** Adds the record of one more run, so that the cache is that of the head. */
async function fileRecordOnly(store: EvidenceStore): Promise<void> {
  const { recordRun } = await import('../evidence/file-run.ts');
  const { sealRun } = await import('../evidence/seal.ts');
  const { snapshotOfDay } = await import('../evidence/chain.fixture.ts');
  const { emptyEvaluation } = await import('../snapshot.fixture.ts');
  await recordRun(store, sealRun(snapshotOfDay(30), emptyEvaluation).manifest, [], plainFiling);
}

/** A store that holds the chain of that many runs in memory; one finding of 600 fails every seventh run. */
function chainInMemory(count: number): { readonly store: EvidenceStore; readonly reads: number[] } {
  const texts = new Map<number, string>();
  const reads: number[] = [];
  let state: ChainState = { head: undefined, lastRun: undefined, tracked: new Map() };
  for (let run = 1; run <= count; run += 1) {
    const sealed = recordOf(state, run);
    texts.set(run, canonicalJson(sealed));
    state = { ...state, head: sealed };
  }
  let cache: string | undefined;
  const store: EvidenceStore = {
    name: 'memory',
    clusters: () => Promise.resolve(['pg-test']),
    list: () => Promise.resolve({ runs: [], records: [...texts.keys()], remains: [] }),
    putRun: nothing,
    listRun: nothing,
    readRunFile: nothing,
    placeOfRun: (_, runId) => runId,
    readRecord(_, sequence) {
      reads.push(sequence);
      return Promise.resolve(texts.get(sequence));
    },
    addRecord(_, sequence, text) {
      texts.set(sequence, text);
      return Promise.resolve(true);
    },
    placeOfRecord: (_, sequence) => String(sequence),
    readCache: () => Promise.resolve(cache),
    writeCache(_, text) {
      cache = text;
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
  return { store, reads };
}

const nothing = () => Promise.reject(new Error('only records are read'));

const instantOf = (run: number): string => new Date(Date.UTC(2020, 0, 1) + run * 3_600_000).toISOString();

/** 600 findings that pass, of which one fails every seventh run. Its hashes over all of them stand for themselves. */
function recordOf(state: ChainState, run: number): SealedRecord & { readonly record: RunRecord } {
  const id = 'check-7/pg-test-1';
  const changes: Readonly<Record<string, Outcome>> =
    run === 1
      ? Object.fromEntries(
          Array.from({ length: 600 }, (_, index) => [
            `check-${index % 200}/pg-test-${Math.floor(index / 200)}`,
            'pass',
          ]),
        )
      : run % 7 === 0
        ? { [id]: 'fail' }
        : run % 7 === 1
          ? { [id]: 'pass' }
          : {};
  const hash = '0'.repeat(64);
  const at = instantOf(run);
  const record: RunRecord = {
    ...placeAfter(state),
    kind: 'run',
    cluster: 'pg-test',
    filedAt: at,
    tool: { name: 'pgattest', version: '1' },
    rules: plainFiling.rules,
    run: { id: `run-${run}`, startedAt: at, finishedAt: at, manifest: hash, merkleRoot: hash, files: 1 },
    outcomes: { counts: { pass: 600 }, sha256: hash, changes, history: hash },
  };
  return { ...sealRecord(record, undefined), record };
}
