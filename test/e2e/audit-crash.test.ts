import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderStore, parseRecord, readRun, verifyCluster, type ClusterVerification } from '@pgattest/audit';
import { afterEach, beforeEach, expect, test } from 'vitest';

const script = new URL('evidence-writer.mjs', import.meta.url).pathname;
/** What the writers file: a recorded run, in one file so that they start fast. */
const recorded = (): string => join(directory, 'recorded.json');
const cluster = 'pg-demo';
const everything = { keys: new Map(), requireSignatures: false, evidence: true };

let directory = '';
const children = new Set<ChildProcess>();
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-crash-'));
  const { snapshot, evaluation } = await readRun(new URL('../snapshots/healthy', import.meta.url).pathname);
  await writeFile(recorded(), JSON.stringify({ snapshot, evaluation }));
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(directory, { recursive: true, force: true });
});

interface Writer {
  readonly child: ChildProcess;
  /** `<sequence> <sha256>` of every run it said was filed. */
  readonly filed: readonly string[];
  /** How many operations a writer that came to its end has done. */
  readonly steps: readonly number[];
  readonly ready: Promise<void>;
  /** Signal it ended by; undefined when it came to its end. */
  readonly ended: Promise<string | undefined>;
}

function startWriter(store: string, step?: number): Writer {
  const argv = [script, recorded(), store, ...(step === undefined ? [] : [String(step)])];
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  const filed: string[] = [];
  const steps: number[] = [];
  let text = '';
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString('utf8');
  });
  const ready = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) {
        if (line === 'ready') resolve();
        else if (line.startsWith('steps ')) steps.push(Number(line.slice(6)));
        else filed.push(line.replace('filed ', ''));
      }
    });
  });
  const ended = new Promise<string | undefined>((resolve, reject) => {
    child.on('close', (code, signal) => {
      children.delete(child);
      if (code !== null && code !== 0) reject(new Error(`the writer ended with ${code}: ${errors}`));
      else resolve(signal ?? undefined);
    });
  });
  return { child, filed, steps, ready: Promise.race([ready, ended.then(() => undefined)]), ended };
}

/** Hash of every record, by sequence number: what a completed run said must be there. */
async function recordsOf(path: string): Promise<ReadonlySet<string>> {
  const store = folderStore(path);
  const { records } = await store.list(cluster);
  const found = new Set<string>();
  for (const sequence of records) {
    const parsed = parseRecord((await store.readRecord(cluster, sequence)) ?? '');
    if (parsed.ok) found.add(`${sequence} ${parsed.sealed.sha256}`);
  }
  return found;
}

const verify = (path: string): Promise<ClusterVerification> => verifyCluster(folderStore(path), cluster, everything);

test('auditors killed at 50 random moments leave a store that verifies and lose no completed run', async () => {
  const store = join(directory, 'store');
  const completed: string[] = [];
  for (let round = 0; round < 5; round += 1) {
    const writers = Array.from({ length: 10 }, () => startWriter(store));
    await Promise.all(writers.map(({ ready }) => ready));
    await Promise.all(
      writers.map(async ({ child, ended }) => {
        await new Promise((resolve) => {
          setTimeout(resolve, Math.random() * 600);
        });
        child.kill('SIGKILL');
        expect(await ended).toBe('SIGKILL');
      }),
    );
    completed.push(...writers.flatMap(({ filed }) => filed));
    expect((await verifyCluster(folderStore(store), cluster, { ...everything, evidence: false })).problems).toEqual([]);
  }
  const last = startWriter(store);
  await last.ready;
  while (last.filed.length === 0) {
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
  last.child.kill('SIGKILL');
  await last.ended;
  const { problems, records } = await verify(store);
  expect(problems).toEqual([]);
  expect(records).toBeGreaterThanOrEqual(completed.length);
  const found = await recordsOf(store);
  expect([...completed, ...last.filed].filter((record) => !found.has(record))).toEqual([]);
}, 300_000);

test('an auditor that dies at any step of filing, in the middle of any write, leaves what verifies and what the next can follow', async () => {
  const seed = join(directory, 'seed');
  expect(await startWriter(seed, never).ended).toBeUndefined();
  await cp(seed, join(directory, 'whole'), { recursive: true });
  const whole = startWriter(join(directory, 'whole'), never);
  expect(await whole.ended).toBeUndefined();
  const [count = 0] = whole.steps;
  const outcomes = new Map<number, number>();
  const dieAt = async (at: number): Promise<void> => {
    const store = join(directory, `step-${at}`);
    await cp(seed, store, { recursive: true });
    expect(await startWriter(store, at).ended).toBe('SIGKILL');
    const { problems, records } = await verify(store);
    expect({ at, problems }).toEqual({ at, problems: [] });
    outcomes.set(at, records);
    // What the dead one left never blocks the next one.
    const more = at % 7 === 0 ? 1 : 0;
    if (more > 0) await startWriter(store, never).ended;
    expect(await verify(store)).toMatchObject({ problems: [], records: records + more });
    await rm(store, { recursive: true });
  };
  // Evidence files are written alike: some of them show what all of them do. The steps of the chain come last, and all.
  const steps = Array.from({ length: count }, (_, index) => index + 1).filter(
    (step) => step <= 5 || step > count - 16 || step % 23 === 0,
  );
  for (let index = 0; index < steps.length; index += 4) await Promise.all(steps.slice(index, index + 4).map(dieAt));
  expect(new Set(outcomes.values())).toEqual(new Set([1, 2]));
}, 300_000);

/** A step that never comes. */
const never = 1_000_000;
