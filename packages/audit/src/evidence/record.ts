import type { Outcome } from '../finding.ts';
import { canonicalJson } from './canonical-json.ts';
import type { ContentSeal } from './content-seal.ts';
import { sha256 } from './hash.ts';

/** Which rules gave a verdict: the version of the program, and a hash over what its rules declare. */
export interface RulePack {
  readonly version: string;
  readonly sha256: string;
}

/** Outcomes of a run as its record keeps them: what changed, and a hash over all of them, so that a chain of 10,000 runs stays small. */
export interface RecordedOutcomes {
  /** Outcomes that occur, with how often. */
  readonly counts: Readonly<Partial<Record<Outcome, number>>>;
  /** SHA-256 over the canonical JSON of every finding id with its outcome. */
  readonly sha256: string;
  /** Finding id -> outcome where it differs from the run record before this one; `gone` when there is no such finding any more. */
  readonly changes: Readonly<Record<string, Outcome | 'gone'>>;
  /** Runs only: SHA-256 over what the chain up to here says of every finding (first seen, last change). */
  readonly history?: string;
}

interface RecordBase {
  readonly formatVersion: 1;
  readonly cluster: string;
  /** 1, 2, 3 …: its place in the chain of the cluster. */
  readonly sequence: number;
  /** SHA-256 of the record before it; absent on the first one only. */
  readonly previous?: string;
  /** When it was added, ISO 8601 UTC. */
  readonly filedAt: string;
  readonly tool: { readonly name: 'pgattest'; readonly version: string };
  readonly rules: RulePack;
  readonly outcomes: RecordedOutcomes;
}

/** A run that was completed: its evidence is filed, and this is the hash over it. */
export interface RunRecord extends RecordBase {
  readonly kind: 'run';
  readonly run: {
    readonly id: string;
    readonly startedAt: string;
    readonly finishedAt: string;
    /** Digest of its manifest. */
    readonly manifest: string;
    /** Root of the Merkle tree over its files. */
    readonly merkleRoot: string;
    readonly files: number;
  };
}

/** Evidence of an earlier run judged again; `changes` are against what that run's own record said. */
export interface ReevaluationRecord extends RecordBase {
  readonly kind: 'reevaluation';
  readonly run: { readonly id: string; readonly manifest: string };
  /** Place of the run in the chain, and the rules of that time; absent for evidence filed before there was a chain. */
  readonly of?: { readonly sequence: number; readonly sha256: string; readonly rules: RulePack };
}

/** One link of the chain of a cluster. */
export type ChainRecord = RunRecord | ReevaluationRecord;

/** A record as it is filed, in canonical JSON. Its hash is what the next record names as `previous`. */
export interface SealedRecord extends ContentSeal {
  readonly record: ChainRecord;
}

export type ParsedRecord =
  { readonly ok: true; readonly sealed: SealedRecord } | { readonly ok: false; readonly problem: string };

/** Reads the text of one record and checks that it is what was written; `problem` ends a sentence that begins with its place. */
export function parseRecord(text: string): ParsedRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, problem: 'is not JSON: it was cut off or is another file' };
  }
  if (!isSealedRecord(value)) return { ok: false, problem: 'is not a record of this format' };
  const digest = sha256(canonicalJson(value.record));
  if (digest !== value.sha256) {
    return {
      ok: false,
      problem: `was changed after it was written: its content has SHA-256 ${digest}, not ${value.sha256}`,
    };
  }
  if (canonicalJson(value) !== text) {
    return { ok: false, problem: 'was changed after it was written: its bytes are not the form that was written' };
  }
  return { ok: true, sealed: value };
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isHash = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/u.test(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isRulePack = (value: unknown): boolean => isMap(value) && isText(value['version']) && isHash(value['sha256']);

/** Whether it has the members a reader of this version uses, of the right type; the hash guards the rest. */
function isSealedRecord(value: unknown): value is SealedRecord {
  if (!isMap(value) || !isHash(value['sha256'])) return false;
  const { record, signature } = value;
  if (signature !== undefined && !isSignature(signature)) return false;
  if (!isMap(record) || record['formatVersion'] !== 1 || !isText(record['cluster'])) return false;
  if (!Number.isInteger(record['sequence']) || !isText(record['filedAt']) || !isRulePack(record['rules'])) return false;
  if (record['previous'] !== undefined && !isHash(record['previous'])) return false;
  const { outcomes, run, kind } = record;
  if (!isMap(outcomes) || !isMap(outcomes['counts']) || !isHash(outcomes['sha256'])) return false;
  const { changes } = outcomes;
  if (!isMap(changes) || !Object.values(changes).every(isText)) return false;
  if (!isMap(run) || !isText(run['id']) || !isHash(run['manifest'])) return false;
  if (kind === 'reevaluation') return record['of'] === undefined || isOrigin(record['of']);
  return kind === 'run' && isHash(run['merkleRoot']) && isText(run['startedAt']) && isText(run['finishedAt']);
}

const isOrigin = (value: unknown): boolean =>
  isMap(value) && Number.isInteger(value['sequence']) && isHash(value['sha256']) && isRulePack(value['rules']);

const isSignature = (value: unknown): boolean =>
  isMap(value) && value['algorithm'] === 'Ed25519' && isHash(value['keyId']) && isText(value['value']);
