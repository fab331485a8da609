import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderStore, readRun, verifyCluster, type ClusterVerification } from '@pgattest/audit';
import { startDemoCluster, waitFor, type DemoCluster } from '@pgattest/lab';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { killAuditors } from './audit-kill.ts';

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
  /** Signal it ended by; undefined when it came to its end. */
  readonly signal: NodeJS.Signals | undefined;
  /** How many operations it has done, when it came to its end. */
  readonly steps: number;
}

/** Files the recorded run and dies at that operation. */
function runWriter(store: string, step: number): Promise<Writer> {
  const child = spawn(process.execPath, [script, recorded(), store, String(step)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  let text = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString('utf8');
  });
  return new Promise((resolve, reject) => {
    child.on('close', (code, signal) => {
      children.delete(child);
      if (code !== null && code !== 0) reject(new Error(`the writer ended with ${code}: ${errors}`));
      else resolve({ signal: signal ?? undefined, steps: Number(/^steps (\d+)$/mu.exec(text)?.[1]) });
    });
  });
}

const verify = (path: string): Promise<ClusterVerification> => verifyCluster(folderStore(path), cluster, everything);

describe('pgattest audit run', () => {
  let demo: DemoCluster;
  beforeAll(async () => {
    demo = await startDemoCluster({ replicas: 0, durable: false });
  });
  afterAll(async () => {
    await demo.stop();
  });

  // The suite on the lab kills fifty.
  test('killed at random moments leaves a store that verifies, loses no completed run and stays small', async () => {
    const members = demo.nodes.map((node) => ({ name: node.name, dsn: demo.dsn(node, 'auditor') }));
    const seed = Date.now() % 1_000_000;
    const kill = { directory, cluster: demo.name, members, kills: 10, atATime: 3, seed };
    const { killed, verified, left, peakMiB, ...wrong } = await killAuditors(kill);
    expect({ seed, ...wrong }).toEqual({ seed, problems: [], lost: [], missing: [], broken: [] });
    expect(killed).toBeGreaterThanOrEqual(kill.kills);
    expect(left.records).toBeGreaterThanOrEqual(2);
    expect(verified.code).toBe(0);
    expect(verified.stdout).toMatch(/intact\n$/u);
    expect(peakMiB).toBeLessThanOrEqual(150);
    // Nothing of theirs goes on in the server.
    const sql = "SELECT count(*) AS left FROM pg_stat_activity WHERE usename = 'pgattest_auditor'";
    const gone = async () => ((await demo.admin(demo.primary).rows(sql))[0]?.['left'] === '0' ? true : undefined);
    expect(await waitFor(gone, { timeoutMs: 60_000 })).toBe(true);
  });
});

test('an auditor that dies at any step of filing, in the middle of any write, leaves what verifies and what the next can follow', async () => {
  const seed = join(directory, 'seed');
  expect(await runWriter(seed, never)).toMatchObject({ signal: undefined });
  await cp(seed, join(directory, 'whole'), { recursive: true });
  const { signal, steps: count } = await runWriter(join(directory, 'whole'), never);
  expect(signal).toBeUndefined();
  const outcomes = new Map<number, number>();
  const dieAt = async (at: number): Promise<void> => {
    const store = join(directory, `step-${at}`);
    await cp(seed, store, { recursive: true });
    expect(await runWriter(store, at)).toMatchObject({ signal: 'SIGKILL' });
    const { problems, records } = await verify(store);
    expect({ at, problems }).toEqual({ at, problems: [] });
    outcomes.set(at, records);
    // What the dead one left never blocks the next one.
    const more = at % 7 === 0 ? 1 : 0;
    if (more > 0) await runWriter(store, never);
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
