import { join } from 'node:path';
import { compileSchema } from '@pgattest/runtime';
import { deepFreeze } from '../deep-freeze.ts';
import type { EvaluationConfig } from '../evaluation.ts';
import type { Manifest } from '../manifest.ts';
import { unavailableCodes, type Observation, type UnavailableCode } from '../probe.ts';
import type { ObservationRecord, Snapshot } from '../snapshot.ts';
import { EvidenceError } from './errors.ts';
import { evaluationSchema } from './evaluation-schema.ts';
import { manifestReader, type ManifestReader } from './manifest-reader.ts';
import { listPlainFiles, readEvidence } from './folder-store.ts';
import { sha256 } from './hash.ts';
import { evaluationFile } from './evaluation-file.ts';
import { manifestFile } from './seal.ts';
import type { EvidenceStore } from './store.ts';

/** One run, read back and verified. */
export interface FiledRun {
  readonly snapshot: Snapshot;
  readonly manifest: Manifest;
  readonly evaluation: EvaluationConfig;
}

/** Where the files of one run are read from. */
export interface RunSource {
  /** What messages call it; a file of it is `<place>/<path>`. */
  readonly place: string;
  readonly list: () => Promise<ReadonlySet<string>>;
  readonly read: (path: string) => Promise<Buffer>;
}

/** A run in a folder of its own, whether that is part of a store or a copy somewhere else. */
export const folderSource = (folder: string): RunSource => ({
  place: folder,
  list: () => listPlainFiles(folder),
  read: (path) => readEvidence(join(folder, path)),
});

/** A run of a store. */
export const storeSource = (store: EvidenceStore, cluster: string, runId: string): RunSource => ({
  place: store.placeOfRun(cluster, runId),
  list: () => store.listRun(cluster, runId),
  read: (path) => store.readRunFile(cluster, runId, path),
});

/** Reads and verifies one run's evidence folder, wherever it is. Errors: EvidenceError, as readRunFrom. */
export const readRun = (folder: string): Promise<FiledRun> => readRunFrom(folderSource(folder));

/**
 * Reads one run and verifies it: manifest digest, every file's hash, none missing, none extra.
 * Throws EvidenceError naming the first file that is not as it was written.
 */
export async function readRunFrom(source: RunSource): Promise<FiledRun> {
  const { manifest, texts } = await verifyFiles(source);
  const folder = source.place;
  const observations = manifest.files.flatMap((file) =>
    file.probe === undefined || file.subject === undefined
      ? []
      : [readObservation(folder, file.path, texts.get(file.path) ?? '', file.probe, file.subject)],
  );
  const { formatVersion, runId, cluster, startedAt, finishedAt, tool, subjects } = manifest;
  return deepFreeze({
    snapshot: { formatVersion, runId, cluster, startedAt, finishedAt, tool, subjects, observations },
    manifest,
    evaluation: readEvaluation(folder, texts.get(evaluationFile)),
  });
}

/** A run's manifest and the text of its files, each of which has the hash the manifest gives it. Errors: EvidenceError. */
export async function verifyFiles(
  source: RunSource,
  parse?: ManifestReader,
): Promise<{ readonly manifest: Manifest; readonly texts: ReadonlyMap<string, string> }> {
  const folder = source.place;
  const manifest = await readManifest(source, parse);
  const present = await source.list();
  const expected = new Set([manifestFile, ...manifest.files.map(({ path }) => path)]);
  for (const path of present) {
    if (!expected.has(path)) throw refuse('extra', folder, path, 'is not in the manifest; remove it');
  }
  const texts = new Map<string, string>();
  for (const { path, sha256: hash } of manifest.files) {
    if (!present.has(path)) throw refuse('missing', folder, path, 'is named by the manifest but is not there');
    const bytes = await source.read(path);
    const actual = sha256(bytes);
    if (actual !== hash) {
      throw refuse('changed', folder, path, `was changed after it was written: sha256 is ${actual}, not ${hash}`);
    }
    texts.set(path, bytes.toString('utf8'));
  }
  return { manifest, texts };
}

/** The manifest of a run, intact in itself. Errors: EvidenceError. */
export async function readManifest(source: RunSource, parse: ManifestReader = parseManifest): Promise<Manifest> {
  const text = (await source.read(manifestFile)).toString('utf8');
  return parse(text, join(source.place, manifestFile));
}

function readEvaluation(folder: string, text: string | undefined): EvaluationConfig {
  if (text === undefined) throw refuse('missing', folder, evaluationFile, 'is not listed in the manifest');
  const parsed = validateEvaluation(parseJson(folder, text));
  if (parsed.ok) return parsed.value;
  throw refuse('invalid', folder, evaluationFile, `${parsed.path} ${parsed.message}`);
}

function parseJson(folder: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw refuse('invalid', folder, evaluationFile, `is not JSON (${why})`);
  }
}

const parseManifest = manifestReader();
const validateEvaluation = compileSchema<EvaluationConfig>(evaluationSchema, { fillDefaults: true });

function readObservation(
  folder: string,
  path: string,
  text: string,
  probe: string,
  subject: string,
): ObservationRecord {
  const value: unknown = JSON.parse(text);
  if (!isRecord(value) || value['probe'] !== probe || value['subject'] !== subject) {
    throw refuse('invalid', folder, path, `does not hold what the manifest says: ${probe} of ${subject}`);
  }
  const observation = narrowObservation(value['observation']);
  if (observation === undefined) throw refuse('invalid', folder, path, 'is not an observation of this format');
  return { probe, subject, observation };
}

function narrowObservation(value: unknown): Observation<unknown> | undefined {
  if (!isRecord(value)) return undefined;
  const { status, at, code, message } = value;
  if (typeof at !== 'string') return undefined;
  if (status === 'ok') return 'value' in value ? { status, at, value: value['value'] } : undefined;
  if (status !== 'unavailable' || !isUnavailableCode(code) || typeof message !== 'string') return undefined;
  return { status, at, code, message };
}

const isUnavailableCode = (code: unknown): code is UnavailableCode => unavailableCodes.some((known) => known === code);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const refuse = (code: 'changed' | 'missing' | 'extra' | 'invalid', folder: string, path: string, why: string) =>
  new EvidenceError(code, join(folder, path), `evidence refused: ${join(folder, path)} ${why}`);
