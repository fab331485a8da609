import { compileSchema } from '@pgattest/runtime';
import { EvidenceError } from '../../evidence/errors.ts';
import { evaluationFile } from '../../evidence/evaluation-file.ts';
import { evaluationSchema } from '../../evidence/evaluation-schema.ts';
import { sha256 } from '../../evidence/hash.ts';
import { manifestReader } from '../../evidence/manifest-reader.ts';
import { readManifest, storeSource, verifyFiles, type RunSource } from '../../evidence/read.ts';
import type { RunRecord } from '../../evidence/record.ts';
import type { EvidenceStore } from '../../evidence/store.ts';
import type { EvaluationConfig } from '../../evaluation.ts';
import type { Manifest } from '../../manifest.ts';
import type { RunObjects } from './population.ts';

/** What a report over a period needs of the evidence of one run. */
export interface RunEvidence {
  readonly objects: NonNullable<RunObjects['objects']>;
  readonly evaluation: Omit<EvaluationConfig, 'previous' | 'attestations'>;
}

/** The evidence of a recorded run, or why it does not verify: a sentence that names the file. */
export type ReadRun =
  { readonly ok: true; readonly evidence: RunEvidence } | { readonly ok: false; readonly problem: string };

export type RunReader = (record: RunRecord) => Promise<ReadRun>;

/**
 * A reader for the runs of one cluster. With `everyFile` it hashes all evidence of a run; without, its manifest and
 * `evaluation.json` only. Rejects when the store itself fails.
 */
export function runReader(store: EvidenceStore, cluster: string, everyFile: boolean): RunReader {
  const parseManifest = manifestReader();
  const validate = compileSchema<EvaluationConfig>(evaluationSchema);
  const read = async (source: RunSource): Promise<{ readonly manifest: Manifest; readonly evaluation: string }> => {
    if (everyFile) {
      const { manifest, texts } = await verifyFiles(source, parseManifest);
      return { manifest, evaluation: texts.get(evaluationFile) ?? '' };
    }
    const manifest = await readManifest(source, parseManifest);
    const bytes = await source.read(evaluationFile);
    const listed = manifest.files.find(({ path }) => path === evaluationFile)?.sha256;
    if (sha256(bytes) !== listed) {
      throw new EvidenceError(
        'changed',
        source.place,
        `${source.place}/${evaluationFile} was changed after it was written`,
      );
    }
    return { manifest, evaluation: bytes.toString('utf8') };
  };
  return async ({ sequence, run }) => {
    const source = storeSource(store, cluster, run.id);
    try {
      const { manifest, evaluation: text } = await read(source);
      if (manifest.runId !== run.id || manifest.cluster !== cluster || manifest.digest !== run.manifest) {
        return { ok: false, problem: `${source.place} holds other evidence than record ${sequence} says` };
      }
      const parsed = validate(JSON.parse(text));
      if (!parsed.ok) {
        return { ok: false, problem: `${source.place}/${evaluationFile}: ${parsed.path} ${parsed.message}` };
      }
      const { previous: _, attestations: __, ...evaluation } = parsed.value;
      return { ok: true, evidence: { objects: objectsOf(manifest), evaluation } };
    } catch (cause) {
      if (cause instanceof EvidenceError) return { ok: false, problem: cause.message };
      throw cause;
    }
  };
}

/** Subjects of a run but the cluster itself; one has answered when at least one observation of it was made. */
const objectsOf = ({ subjects, files }: Manifest): RunEvidence['objects'] => {
  const answered = new Set(files.filter(({ status }) => status === 'ok').map(({ subject }) => subject));
  return subjects
    .filter(({ kind }) => kind !== 'cluster')
    .map(({ id, kind }) => ({ id, kind, hasAnswered: answered.has(id) }));
};
