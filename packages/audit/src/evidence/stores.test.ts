import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemoCluster, type DemoCluster } from '@pgattest/lab';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readPeriod } from '../history/period/read-period.ts';
import { emptyEvaluation } from '../snapshot.fixture.ts';
import { fileDay, runIdOf, snapshotOfDay } from './chain.fixture.ts';
import { readChainState } from './chain.ts';
import { fileRun } from './file-run.ts';
import { folderStore } from './folder-store.ts';
import { openStore } from './open-store.ts';
import { readRunFrom, storeSource } from './read.ts';
import { startBucket, type Bucket } from './s3/bucket.fixture.ts';
import { sealRun } from './seal.ts';
import type { StoreSettings } from './store-settings.ts';
import type { EvidenceStore } from './store.ts';
import { verifyCluster } from './verify.ts';

const env = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI' };
const signal = new AbortController().signal;
const everything = { keys: new Map(), requireSignatures: false, evidence: true };

let directory = '';
let cluster: DemoCluster;
let bucket: Bucket;
beforeAll(async () => {
  cluster = await startDemoCluster({ replicas: 0, durable: false });
});
afterAll(async () => {
  await cluster.stop();
});
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-stores-'));
  bucket = await startBucket();
});
afterEach(async () => {
  await bucket.close();
  await rm(directory, { recursive: true, force: true });
});

const s3 = (over: Partial<Extract<StoreSettings, { readonly kind: 's3' }>> = {}): StoreSettings => ({
  kind: 's3',
  endpoint: bucket.endpoint,
  region: 'us-east-1',
  bucket: 'evidence',
  prefix: 'audits/',
  accessKeyId: undefined,
  secretKeyFile: undefined,
  caFile: undefined,
  ...over,
});
const settingsOf: Readonly<Record<StoreSettings['kind'], () => StoreSettings>> = {
  folder: () => ({ kind: 'folder', directory }),
  postgres: () => ({ kind: 'postgres', dsn: cluster.dsn(cluster.primary, 'superuser') }),
  s3: () => s3(),
};
const open = (settings: StoreSettings): Promise<EvidenceStore> => openStore(settings, { env, signal });

describe.each(['folder', 'postgres', 's3'] as const)('a %s store', (kind) => {
  let store: EvidenceStore;
  beforeEach(async () => {
    store = await open(settingsOf[kind]());
  });
  afterEach(async () => {
    await store.close();
    if (kind === 'postgres') await dropTables();
  });

  it('is empty at first, and gives back what was filed', async () => {
    expect(await store.clusters()).toEqual([]);
    expect(await store.list('pg-test')).toEqual({ runs: [], records: [], remains: [] });
    expect(await verifyCluster(store, 'pg-test', everything)).toMatchObject({ problems: [], records: 0 });
    await fileDay(store, 1);
    await fileDay(store, 2);
    expect(await store.clusters()).toEqual(['pg-test']);
    expect(await store.list('pg-test')).toEqual({ runs: [runIdOf(1), runIdOf(2)], records: [1, 2], remains: [] });
    const { snapshot } = await readRunFrom(storeSource(store, 'pg-test', runIdOf(2)));
    expect(snapshot).toEqual(snapshotOfDay(2));
    expect(await verifyCluster(store, 'pg-test', everything)).toMatchObject({ problems: [], notes: [], runs: 2 });
    expect((await readChainState(store, 'pg-test')).lastRun?.record.run.id).toBe(runIdOf(2));
    const period = await readPeriod(store, 'pg-test', { from: '2026-11-01', to: '2026-11-30' }, everything);
    if (typeof period === 'string') throw new Error(period);
    expect(period.store).toBe(store.name);
    expect(period.runs.map(({ record, read }) => [record.run.id, read.ok])).toEqual([
      [runIdOf(1), true],
      [runIdOf(2), true],
    ]);
  });

  it('never takes a run id twice, nor a place in the chain', async () => {
    await fileDay(store, 1);
    const again = sealRun(snapshotOfDay(1), { ...emptyEvaluation, frameworks: ['soc2'] });
    await expect(fileRun(store, again)).rejects.toMatchObject({ name: 'EvidenceError', code: 'unreadable' });
    expect(await store.addRecord('pg-test', 1, '{}')).toBe(false);
    expect(await verifyCluster(store, 'pg-test', everything)).toMatchObject({ problems: [], runs: 1 });
  });

  it('lets writers that come at once make one chain without a gap', async () => {
    const writers = await Promise.all(Array.from({ length: 6 }, () => open(settingsOf[kind]())));
    try {
      await Promise.all(writers.map((writer, index) => fileDay(writer, index + 1)));
    } finally {
      await Promise.all(writers.map((writer) => writer.close()));
    }
    expect(await verifyCluster(store, 'pg-test', everything)).toMatchObject({ problems: [], notes: [], runs: 6 });
    expect((await store.list('pg-test')).records).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('tells of a run that never entered the chain, and files the next one', async () => {
    await fileRun(store, sealRun(snapshotOfDay(1), emptyEvaluation));
    await fileDay(store, 2);
    const { problems, notes, runs } = await verifyCluster(store, 'pg-test', everything);
    expect({ problems, runs }).toEqual({ problems: [], runs: 1 });
    expect(notes).toEqual([expect.stringContaining(`run ${runIdOf(1)} was written but never entered the chain`)]);
  });
});

async function dropTables(): Promise<void> {
  const { openWriteSession, resolvePgTarget } = await import('@pgattest/connect');
  const session = await openWriteSession(
    await resolvePgTarget(cluster.dsn(cluster.primary, 'superuser'), { env: {} }),
    { connectTimeoutMs: 60_000, statementTimeoutMs: 60_000, applicationName: 'stores-test' },
    signal,
  );
  await session.query('DROP SCHEMA pgattest CASCADE');
  await session.close();
}

describe('a PostgreSQL store', () => {
  it('says which privilege a role lacks, and never the password', async () => {
    const dsn = cluster.dsn(cluster.primary, 'auditor');
    await expect(open({ kind: 'postgres', dsn })).rejects.toThrow(/permission denied.*grant the role CREATE/u);
  });

  it('says that nobody answers', async () => {
    const opening = open({ kind: 'postgres', dsn: 'host=127.0.0.1 port=1 user=x dbname=x sslmode=disable' });
    await expect(opening).rejects.toThrow(/ECONNREFUSED/u);
  });
});

describe('an S3 store', () => {
  it('reads listings that come in pages', async () => {
    const store = await open(s3());
    for (let day = 1; day <= 5; day += 1) await fileDay(store, day);
    bucket.faults.pageSize = 2;
    expect((await store.list('pg-test')).records).toEqual([1, 2, 3, 4, 5]);
    expect(await verifyCluster(store, 'pg-test', everything)).toMatchObject({ problems: [], runs: 5 });
  });

  it('a copy of the bucket is a folder store', async () => {
    const store = await open(s3());
    await fileDay(store, 1);
    await fileDay(store, 2);
    const { mkdir, writeFile } = await import('node:fs/promises');
    for (const [key, body] of bucket.objects) {
      if (!key.startsWith('audits/pg-test/')) continue;
      const file = join(directory, key.slice('audits/'.length));
      await mkdir(join(file, '..'), { recursive: true });
      await writeFile(file, body);
    }
    expect(await verifyCluster(folderStore(directory), 'pg-test', everything)).toMatchObject({ problems: [], runs: 2 });
  });

  it('tries again what the service asks to try later, and what lost its answer, without filing twice', async () => {
    const store = await open(s3());
    bucket.faults.next = [503, 500, 429];
    await fileDay(store, 1);
    bucket.faults.losesAnswer = true;
    expect(await store.addRecord('pg-other', 1, '{"a":1}')).toBe(true);
    expect(await store.addRecord('pg-other', 1, '{"a":2}')).toBe(false);
    expect(await verifyCluster(store, 'pg-test', everything)).toMatchObject({ problems: [], runs: 1 });
  });

  it('a run that was cut off is told and never blocks the next', async () => {
    const store = await open(s3());
    bucket.objects.set(`audits/pg-test/${runIdOf(1)}/evaluation.json`, Buffer.from('{'));
    await fileDay(store, 2);
    const { problems, notes, runs } = await verifyCluster(store, 'pg-test', everything);
    expect({ problems, runs }).toEqual({ problems: [], runs: 1 });
    expect(notes).toEqual([`s3://evidence/audits/pg-test/${runIdOf(1)} was left by an interrupted run; remove it`]);
  });

  it('refuses a service that ignores conditions: records could be overwritten', async () => {
    bucket.faults.ignoresConditions = true;
    const store = await open(s3());
    await expect(fileDay(store, 1)).rejects.toThrow(/ignores If-None-Match/u);
    expect([...bucket.objects.keys()].filter((key) => key.includes('/chain/'))).toEqual([]);
  });

  it.each([
    ['a bucket that is not there', { bucket: 'elsewhere' }, /NoSuchBucket/u],
    ['a key that may not', { accessKeyId: 'stranger' }, /403 AccessDenied: AccessDenied & so on/u],
  ])('says what is wrong with %s, and never the secret', async (_, over, message) => {
    const store = await open(s3(over));
    const failure = await fileDay(store, 1).then(
      () => undefined,
      (cause: unknown) => cause,
    );
    expect(failure).toMatchObject({ name: 'EvidenceError' });
    expect(String(failure)).toMatch(message);
    expect(String(failure)).not.toContain(env.AWS_SECRET_ACCESS_KEY);
  });

  it('gives up on a service that stays unwell, and says what it answered', async () => {
    const store = await open(s3());
    bucket.faults.next = [503, 503, 503, 503];
    await expect(store.clusters()).rejects.toThrow(/answered 503 SlowDown: SlowDown & so on \(tried 4 times\)/u);
  });

  it('asks for credentials', async () => {
    await expect(openStore(s3(), { env: {}, signal })).rejects.toMatchObject({ name: 'RuntimeError', code: 'usage' });
  });
});
