import type { EvaluationConfig } from '../evaluation.ts';
import type { Manifest, ManifestFile } from '../manifest.ts';
import type { Snapshot } from '../snapshot.ts';
import { canonicalJson } from './canonical-json.ts';
import { evaluationFile } from './evaluation-file.ts';
import { sha256 } from './hash.ts';
import { merkleRoot } from './merkle.ts';

export const manifestFile = 'manifest.json';

/** A run as it is filed: its table of contents and the text of every other file, by path. */
export interface SealedRun {
  readonly manifest: Manifest;
  readonly files: ReadonlyMap<string, string>;
}

/** Writes a run down in canonical JSON and hashes it. Pure: the same run gives the same bytes. */
export function sealRun(snapshot: Snapshot, evaluation: EvaluationConfig): SealedRun {
  const texts = new Map<string, string>([[evaluationFile, canonicalJson(evaluation)]]);
  const listed: ManifestFile[] = [describe(evaluationFile, texts)];
  for (const record of snapshot.observations) {
    const path = `${record.probe}/${record.subject}.json`;
    texts.set(path, canonicalJson(record));
    const { probe, subject } = record;
    listed.push({ ...describe(path, texts), probe, subject, status: record.observation.status });
  }
  const { formatVersion, runId, cluster, startedAt, finishedAt, tool, subjects } = snapshot;
  const files = listed.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const body = {
    formatVersion,
    runId,
    cluster,
    startedAt,
    finishedAt,
    tool,
    subjects,
    files,
    merkleRoot: merkleRoot(files),
  };
  return { manifest: { ...body, digest: sha256(canonicalJson(body)) }, files: texts };
}

function describe(path: string, texts: ReadonlyMap<string, string>): ManifestFile {
  const text = texts.get(path) ?? '';
  return { path, sha256: sha256(text), sizeBytes: Buffer.byteLength(text) };
}
