import type { KeyObject } from 'node:crypto';
import { hashOfTracked } from './chain.ts';
import { advance, outcomesOf, type TrackedFindings } from '../history/track.ts';
import { canonicalJson } from './canonical-json.ts';
import { EvidenceError } from './errors.ts';
import { sha256 } from './hash.ts';
import { manifestReader, type ManifestReader } from './manifest-reader.ts';
import { readManifest, storeSource, verifyFiles } from './read.ts';
import { parseRecord, type RunRecord, type SealedRecord } from './record.ts';
import { signatureProblem } from './record-signature.ts';
import { manifestFile } from './seal.ts';
import type { EvidenceStore, StoredNames } from './store.ts';

export interface VerifyOptions {
  /** By key id; empty when signatures are not looked at. */
  readonly keys: ReadonlyMap<string, KeyObject>;
  /** Every record must be signed, also those from before signing began. */
  readonly requireSignatures: boolean;
  /** Whether the evidence of each run is read and hashed, or only the chain. */
  readonly evidence: boolean;
  /** ISO 8601 UTC: evidence of runs that ended before may have been moved to an archive. */
  readonly evidenceSince?: string;
}

/** What verification says of one cluster. */
export interface ClusterVerification {
  readonly cluster: string;
  readonly records: number;
  readonly runs: number;
  readonly head: SealedRecord | undefined;
  /** Hashes that a report or a terminal printed for a run of this chain: of the record, its manifest, its Merkle root. */
  readonly known: ReadonlySet<string>;
  /** What is broken, in the order of the chain; each is a sentence. Empty: intact. */
  readonly problems: readonly string[];
  /** What is no break and worth knowing. */
  readonly notes: readonly string[];
}

interface Walk {
  readonly problems: string[];
  readonly notes: string[];
  readonly known: Set<string>;
  readonly recorded: Set<string>;
  /** Hash of every record so far, by sequence number. */
  readonly hashes: Map<number, string>;
  /** Runs whose evidence is in the store. */
  readonly present: ReadonlySet<string>;
  readonly parse: ManifestReader;
  before: SealedRecord | undefined;
  tracked: TrackedFindings;
  firstSigned: number | undefined;
}

/**
 * Verifies one cluster of a store: the chain from its first record, the signatures, and the evidence of every run.
 * The walk ends at the first broken link: what stands behind it is anchored to nothing. Errors: EvidenceError when the
 * store cannot be read at all.
 */
export async function verifyCluster(
  store: EvidenceStore,
  cluster: string,
  options: VerifyOptions,
): Promise<ClusterVerification> {
  const names = await store.list(cluster);
  const walk: Walk = {
    problems: [],
    notes: [],
    known: new Set(),
    recorded: new Set(),
    hashes: new Map(),
    present: new Set(names.runs),
    parse: manifestReader(),
    before: undefined,
    tracked: new Map(),
    firstSigned: undefined,
  };
  for (const sequence of sequencesOf(names)) {
    const problem = await checkLink(store, cluster, sequence, names, options, walk);
    if (problem === undefined) continue;
    walk.problems.push(problem);
    break;
  }
  if (walk.problems.length === 0) {
    const { before, firstSigned } = walk;
    if (options.keys.size > 0 && before !== undefined && firstSigned === undefined) {
      walk.problems.push(`no record of ${cluster} is signed, though a public key was given`);
    } else if (firstSigned !== undefined && firstSigned > 1) {
      const last = firstSigned - 1;
      walk.notes.push(
        `records 1 to ${last} were filed before signing began; the signature of record ${firstSigned} covers them through the chain`,
      );
    }
    await checkUnrecorded(store, cluster, names, options, walk);
  }
  return {
    cluster,
    records: names.records.length,
    runs: walk.recorded.size,
    head: walk.before,
    known: walk.known,
    problems: walk.problems,
    notes: [...walk.notes, ...names.remains.map((place) => `${place} was left by an interrupted run; remove it`)],
  };
}

/** Every place from the first to the last; one without a record is a break. */
const sequencesOf = ({ records }: StoredNames): readonly number[] =>
  Array.from({ length: records.at(-1) ?? 0 }, (_, index) => index + 1);

async function checkLink(
  store: EvidenceStore,
  cluster: string,
  sequence: number,
  names: StoredNames,
  options: VerifyOptions,
  walk: Walk,
): Promise<string | undefined> {
  const place = store.placeOfRecord(cluster, sequence);
  const text = await store.readRecord(cluster, sequence);
  if (text === undefined) {
    const next = names.records.find((candidate) => candidate > sequence) ?? sequence;
    return `record ${sequence} of ${cluster} is missing: record ${next} is there and ${place} is not; a run was dropped`;
  }
  const parsed = parseRecord(text);
  if (!parsed.ok) return `record ${sequence} of ${cluster} is broken: ${place} ${parsed.problem}`;
  const { sealed } = parsed;
  const problem = linkProblem(cluster, sequence, place, sealed, options, walk);
  if (problem !== undefined) return problem;
  const { record } = sealed;
  walk.known.add(sealed.sha256);
  walk.before = sealed;
  walk.hashes.set(sequence, sealed.sha256);
  if (record.kind === 'reevaluation') {
    const { of } = record;
    if (of === undefined || walk.hashes.get(of.sequence) === of.sha256) return undefined;
    return `record ${sequence} of ${cluster} judges record ${of.sequence} again, but that is another one than it names (${place})`;
  }
  walk.known.add(record.run.manifest).add(record.run.merkleRoot);
  walk.tracked = advance(walk.tracked, record.run.finishedAt, record.outcomes.changes);
  if (
    sha256(canonicalJson(outcomesOf(walk.tracked))) !== record.outcomes.sha256 ||
    hashOfTracked(walk.tracked) !== record.outcomes.history
  ) {
    return `record ${sequence} of ${cluster} is broken: the outcomes it changes do not add up to those it claims (${place})`;
  }
  if (walk.recorded.has(record.run.id))
    return `run ${record.run.id} of ${cluster} is recorded twice, again in ${place}`;
  walk.recorded.add(record.run.id);
  return evidenceProblem(store, cluster, record, options, walk);
}

function linkProblem(
  cluster: string,
  sequence: number,
  place: string,
  sealed: SealedRecord,
  options: VerifyOptions,
  walk: Walk,
): string | undefined {
  const { record } = sealed;
  if (record.cluster !== cluster) return `${place} is a record of cluster ${record.cluster}, not of ${cluster}`;
  if (record.sequence !== sequence) {
    return `${place} holds record ${record.sequence} of ${cluster}, not record ${sequence}: records were swapped or renamed`;
  }
  if (record.previous !== walk.before?.sha256) {
    const named = record.previous === undefined ? 'no record' : `record ${record.previous}`;
    const found = walk.before === undefined ? 'it is the first' : `record ${sequence - 1} is ${walk.before.sha256}`;
    return `the chain of ${cluster} is broken at record ${sequence}: it names ${named} as the one before it, but ${found} (${place})`;
  }
  if (sealed.signature === undefined) {
    const isAllowed = !options.requireSignatures && walk.firstSigned === undefined;
    return isAllowed ? undefined : `record ${sequence} of ${cluster} is not signed (${place})`;
  }
  walk.firstSigned ??= sequence;
  if (options.keys.size === 0) return undefined;
  const problem = signatureProblem(sealed, options.keys);
  return problem === undefined ? undefined : `record ${sequence} of ${cluster} ${problem} (${place})`;
}

/** Whether the evidence of a run is what its record says. */
async function evidenceProblem(
  store: EvidenceStore,
  cluster: string,
  { sequence, run }: RunRecord,
  { evidence, evidenceSince }: VerifyOptions,
  walk: Walk,
): Promise<string | undefined> {
  if (!evidence) return undefined;
  const place = store.placeOfRun(cluster, run.id);
  if (!walk.present.has(run.id)) {
    if (evidenceSince !== undefined && run.finishedAt < evidenceSince) {
      walk.notes.push(`the evidence of run ${run.id} is not there; it ended before ${evidenceSince}`);
      return undefined;
    }
    return `the evidence of run ${run.id} is gone: record ${sequence} of ${cluster} names it and ${place} is not there`;
  }
  try {
    const { manifest } = await verifyFiles(storeSource(store, cluster, run.id), walk.parse);
    if (manifest.runId !== run.id || manifest.cluster !== cluster) {
      return `${place} holds run ${manifest.runId} of ${manifest.cluster}, not run ${run.id} of ${cluster}: runs were swapped`;
    }
    if (manifest.digest !== run.manifest || manifest.merkleRoot !== run.merkleRoot) {
      return `${place} holds other evidence than record ${sequence} of ${cluster} says: its digest is ${manifest.digest}, not ${run.manifest}`;
    }
    return undefined;
  } catch (cause) {
    if (cause instanceof EvidenceError) return cause.message;
    throw cause;
  }
}

/** Runs that no record names: from before there was a chain, or of an auditor that was stopped before its last step. */
async function checkUnrecorded(
  store: EvidenceStore,
  cluster: string,
  names: StoredNames,
  { evidence }: VerifyOptions,
  walk: Walk,
): Promise<void> {
  const before: string[] = [];
  for (const runId of names.runs.filter((id) => !walk.recorded.has(id))) {
    const source = storeSource(store, cluster, runId);
    try {
      if (!(await source.list()).has(manifestFile)) {
        walk.notes.push(`${source.place} was left by an interrupted run; remove it`);
        continue;
      }
      const manifest = evidence
        ? (await verifyFiles(source, walk.parse)).manifest
        : await readManifest(source, walk.parse);
      if (manifest.merkleRoot === undefined) before.push(runId);
      else {
        walk.notes.push(
          `run ${runId} was written but never entered the chain: its auditor was stopped before; it is no completed run (${source.place})`,
        );
      }
    } catch (cause) {
      if (!(cause instanceof EvidenceError)) throw cause;
      walk.problems.push(cause.message);
    }
  }
  if (before.length > 0) {
    walk.notes.push(
      `${before.length} ${before.length === 1 ? 'run was' : 'runs were'} filed before there was a chain: each is intact in itself, but nothing shows whether one was removed`,
    );
  }
}
