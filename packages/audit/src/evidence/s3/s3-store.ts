import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { RuntimeError } from '@pgattest/runtime';
import { EvidenceError } from '../errors.ts';
import type { OpenStoreOptions } from '../open-store.ts';
import { manifestFile } from '../seal.ts';
import { cacheName, chainFolder, recordName, runIdPattern, sequenceOf, type EvidenceStore } from '../store.ts';
import type { StoreSettings } from '../store-settings.ts';
import { createS3Client, type S3Client } from './s3-client.ts';

type S3Settings = Extract<StoreSettings, { readonly kind: 's3' }>;

/**
 * Evidence in a bucket, under the names it has in a folder: a copy of the bucket is a folder store. The manifest of a run
 * is put last, so that a run without one was cut off; a record is put on condition that its place is free (If-None-Match),
 * so that of several writers one wins. Errors: RuntimeError usage; EvidenceError when the bucket cannot be used.
 */
export async function openS3Store(settings: S3Settings, { env, signal }: OpenStoreOptions): Promise<EvidenceStore> {
  const client = createS3Client(
    {
      endpoint: settings.endpoint,
      region: settings.region,
      bucket: settings.bucket,
      credentials: await credentialsOf(settings, env),
      ca: settings.caFile === undefined ? undefined : await readText(settings.caFile, 'ca_file'),
    },
    signal,
  );
  return storeOn(client, settings);
}

function storeOn(client: S3Client, { bucket, prefix }: S3Settings): EvidenceStore {
  const name = `s3://${bucket}/${prefix}`;
  const placeOfRun = (cluster: string, runId: string): string => `${name}${cluster}/${runId}`;
  const runKey = (cluster: string, runId: string, path: string): string => `${prefix}${cluster}/${runId}/${path}`;
  const chainKey = (cluster: string, file: string): string => `${prefix}${cluster}/${chainFolder}/${file}`;
  const placeOfRecord = (cluster: string, sequence: number): string =>
    `s3://${bucket}/${chainKey(cluster, recordName(sequence))}`;
  let isConditional: Promise<void> | undefined;
  return {
    name,
    placeOfRun,
    placeOfRecord,
    clusters: () =>
      using(name, async () => {
        const found = await client.list(prefix, '/');
        return found.filter((key) => key.endsWith('/')).map((key) => key.slice(prefix.length, -1));
      }),
    list: (cluster) =>
      using(`${name}${cluster}`, async () => {
        const folders = await client.list(`${prefix}${cluster}/`, '/');
        const ids = folders.map((key) => key.slice(prefix.length + cluster.length + 1, -1));
        const chain = await client.list(chainKey(cluster, ''));
        return {
          runs: ids.filter((id) => runIdPattern.test(id)),
          records: chain
            .flatMap((key) => sequenceOf(key.slice(chainKey(cluster, '').length)) ?? [])
            .toSorted((a, b) => a - b),
          remains: [],
        };
      }),
    putRun: (cluster, runId, files) =>
      using(placeOfRun(cluster, runId), async () => {
        for (const [path, text] of [...files].toSorted(
          ([a], [b]) => Number(a === manifestFile) - Number(b === manifestFile),
        )) {
          const isNew = await client.put(runKey(cluster, runId, path), Buffer.from(text), { ifAbsent: true });
          if (!isNew) throw new Error(`${path} of this run is there already`);
        }
      }),
    listRun: (cluster, runId) =>
      using(placeOfRun(cluster, runId), async () => {
        const base = runKey(cluster, runId, '');
        return new Set((await client.list(base)).map((key) => key.slice(base.length)));
      }),
    readRunFile: (cluster, runId, path) =>
      using(`${placeOfRun(cluster, runId)}/${path}`, async () => {
        const found = await client.get(runKey(cluster, runId, path));
        if (found === undefined) throw new Error('it is not there');
        return found;
      }),
    readRecord: (cluster, sequence) =>
      using(placeOfRecord(cluster, sequence), async () => {
        const found = await client.get(chainKey(cluster, recordName(sequence)));
        return found?.toString('utf8');
      }),
    addRecord: (cluster, sequence, text) =>
      using(placeOfRecord(cluster, sequence), async () => {
        isConditional ??= requireConditionalWrites(client, `${prefix}.pgattest-conditional-write`);
        await isConditional;
        return client.put(chainKey(cluster, recordName(sequence)), Buffer.from(text), { ifAbsent: true });
      }),
    readCache: (cluster) =>
      using(name, async () => {
        const found = await client.get(chainKey(cluster, cacheName));
        return found?.toString('utf8');
      }),
    writeCache: (cluster, text) =>
      using(name, async () => {
        await client.put(chainKey(cluster, cacheName), Buffer.from(text), { ifAbsent: false });
      }),
    close: () => Promise.resolve(),
  };
}

/**
 * Throws when the service takes a conditional write and ignores the condition, as older ones do: two auditors would then
 * overwrite each other's records, and nobody would notice until the next verification.
 */
async function requireConditionalWrites(client: S3Client, key: string): Promise<void> {
  await client.put(key, Buffer.from('pgattest looks whether If-None-Match is honoured\n'), { ifAbsent: false });
  const other = Buffer.from(`${randomBytes(8).toString('hex')}\n`);
  if (!(await client.put(key, other, { ifAbsent: true }))) return;
  throw new Error(
    'this service ignores If-None-Match on PUT, so writers could overwrite each other; use another store',
  );
}

async function credentialsOf({ accessKeyId, secretKeyFile }: S3Settings, env: OpenStoreOptions['env']) {
  const id = accessKeyId ?? env['AWS_ACCESS_KEY_ID'];
  const secret =
    secretKeyFile === undefined
      ? env['AWS_SECRET_ACCESS_KEY']
      : (await readText(secretKeyFile, 'secret_key_file')).trim();
  const token = env['AWS_SESSION_TOKEN'];
  if (id === undefined || id === '' || secret === undefined || secret === '') {
    throw new RuntimeError(
      'usage',
      'the S3 evidence store has no credentials; set access_key_id and secret_key_file, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
    );
  }
  return {
    accessKeyId: id,
    secretAccessKey: secret,
    ...(token === undefined || secretKeyFile !== undefined ? {} : { sessionToken: token }),
  };
}

async function readText(file: string, key: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new RuntimeError('file_unreadable', `cannot read ${key} ${file} of evidence_store: ${why}`, { cause });
  });
}

async function using<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new EvidenceError('unreadable', place, `cannot use evidence at ${place}: ${why}`, { cause });
  }
}
