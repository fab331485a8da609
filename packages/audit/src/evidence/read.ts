import { readFile, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { parseConfig } from '@pgattest/runtime';
import { deepFreeze } from '../deep-freeze.ts';
import type { EvaluationConfig } from '../evaluation.ts';
import type { Manifest } from '../manifest.ts';
import type { Observation, UnavailableCode } from '../probe.ts';
import type { ObservationRecord, Snapshot } from '../snapshot.ts';
import { canonicalJson } from './canonical-json.ts';
import { EvidenceError } from './errors.ts';
import { evaluationSchema } from './evaluation-schema.ts';
import { manifestSchema } from './manifest-schema.ts';
import { evaluationFile, manifestFile, sha256 } from './seal.ts';

/** One run, read back and verified. */
export interface FiledRun {
  readonly snapshot: Snapshot;
  readonly manifest: Manifest;
  readonly evaluation: EvaluationConfig;
}

/**
 * Reads one run's evidence folder and verifies it: manifest digest, every file's hash, none missing, none extra.
 * Throws EvidenceError naming the first file that is not as it was written.
 */
export async function readRun(folder: string): Promise<FiledRun> {
  const manifest = await readManifest(folder);
  const present = await listFiles(folder);
  const expected = new Set([manifestFile, ...manifest.files.map(({ path }) => path)]);
  for (const path of present) {
    if (!expected.has(path)) throw refuse('extra', folder, path, 'is not in the manifest; remove it');
  }
  const texts = new Map<string, string>();
  for (const { path, sha256: hash } of manifest.files) {
    if (!present.has(path)) throw refuse('missing', folder, path, 'is named by the manifest but is not there');
    const bytes = await read(join(folder, path));
    if (sha256(bytes) !== hash) {
      throw refuse(
        'changed',
        folder,
        path,
        `was changed after it was written: sha256 is ${sha256(bytes)}, not ${hash}`,
      );
    }
    texts.set(path, bytes.toString('utf8'));
  }
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

async function readManifest(folder: string): Promise<Manifest> {
  const file = join(folder, manifestFile);
  const text = (await read(file)).toString('utf8');
  const parsed = parseConfig<Manifest>({ text, file, schema: manifestSchema });
  if (!parsed.ok) {
    const first = parsed.issues[0]?.message ?? 'unknown problem';
    throw refuse('invalid', folder, manifestFile, `is not a manifest of this format: ${first}`);
  }
  const { digest, ...body } = parsed.value;
  if (sha256(canonicalJson(body)) !== digest || canonicalJson(parsed.value) !== text) {
    throw refuse('changed', folder, manifestFile, 'was changed after it was written: its digest does not match');
  }
  return parsed.value;
}

function readEvaluation(folder: string, text: string | undefined): EvaluationConfig {
  if (text === undefined) throw refuse('missing', folder, evaluationFile, 'is not listed in the manifest');
  const parsed = parseConfig<EvaluationConfig>({ text, file: join(folder, evaluationFile), schema: evaluationSchema });
  if (parsed.ok) return parsed.value;
  throw refuse('invalid', folder, evaluationFile, parsed.issues[0]?.message ?? 'unknown problem');
}

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
  const known = unavailableCodes.find((candidate) => candidate === code);
  if (status !== 'unavailable' || known === undefined || typeof message !== 'string') return undefined;
  return { status, at, code: known, message };
}

const unavailableCodes: readonly UnavailableCode[] = [
  'unreachable',
  'auth_failed',
  'permission_denied',
  'unsupported',
  'timeout',
  'invalid_data',
  'probe_failed',
];

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

async function read(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new EvidenceError('unreadable', file, `cannot read evidence file ${file}: ${why}`, { cause });
  }
}

/** Paths inside the folder, with forward slashes. Anything but a plain file or folder is listed too, and so refused. */
async function listFiles(folder: string): Promise<ReadonlySet<string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return new Set(
    entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => {
        const path = relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/');
        return entry.isFile() ? path : `${path} (not a plain file)`;
      }),
  );
}

const refuse = (code: 'changed' | 'missing' | 'extra' | 'invalid', folder: string, path: string, why: string) =>
  new EvidenceError(code, join(folder, path), `evidence refused: ${join(folder, path)} ${why}`);
