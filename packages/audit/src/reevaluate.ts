import { assess } from './assess.ts';
import { appendRecord, getRecord, placeAfter } from './evidence/chain.ts';
import { canonicalJson } from './evidence/canonical-json.ts';
import type { Filing } from './evidence/file-run.ts';
import { sha256 } from './evidence/hash.ts';
import { readRunFrom, storeSource } from './evidence/read.ts';
import type { ReevaluationRecord, SealedRecord } from './evidence/record.ts';
import type { EvidenceStore } from './evidence/store.ts';
import type { Outcome } from './finding.ts';
import { advance, changesSince, countOutcomes, type TrackedFindings } from './history/track.ts';
import type { AuditRules } from './rules.ts';
import { version } from '@pgattest/runtime';

/** What judging an old run again came to. */
export interface Reevaluation {
  readonly sealed: SealedRecord;
  readonly record: ReevaluationRecord;
  /** Outcomes of the run's own record, by finding; empty when it was filed before there was a chain. */
  readonly before: Readonly<Record<string, Outcome>>;
  readonly after: Readonly<Record<string, Outcome>>;
}

/**
 * Judges the evidence of a run by the rules of this version and adds that to the chain as a record of its own, which names
 * the rules of both times. The run, its evidence and its record stay as they are. Errors: EvidenceError.
 */
export async function reevaluate(
  store: EvidenceStore,
  cluster: string,
  runId: string,
  rules: AuditRules,
  filing: Filing,
): Promise<Reevaluation> {
  const run = await readRunFrom(storeSource(store, cluster, runId));
  const { findings } = assess(run.snapshot, run.manifest, run.evaluation, rules);
  const original = await findOriginal(store, cluster, runId);
  const after = Object.fromEntries(findings.map(({ id, outcome }) => [id, outcome]));
  let record: ReevaluationRecord | undefined;
  const sealed = await appendRecord(
    store,
    cluster,
    (state) => {
      record = {
        ...placeAfter(state),
        kind: 'reevaluation',
        cluster,
        filedAt: filing.now(),
        tool: { name: 'pgattest', version },
        rules: filing.rules,
        run: { id: runId, manifest: run.manifest.digest },
        ...(original === undefined ? {} : { of: original.of }),
        outcomes: {
          counts: countOutcomes(findings.map(({ outcome }) => outcome)),
          sha256: sha256(canonicalJson(after)),
          changes: changesSince(original?.tracked ?? new Map(), findings),
        },
      };
      return record;
    },
    filing.privateKey,
  );
  if (record === undefined) throw new Error('a record was added that was never made');
  const before = Object.fromEntries(
    [...(original?.tracked ?? [])].flatMap(([id, { outcome }]) => (outcome === 'gone' ? [] : [[id, outcome] as const])),
  );
  return { sealed, record, before, after };
}

/** The run's own record, and what was known after it. */
async function findOriginal(store: EvidenceStore, cluster: string, runId: string) {
  let tracked: TrackedFindings = new Map();
  for (const sequence of (await store.list(cluster)).records) {
    const { record, sha256: hash } = await getRecord(store, cluster, sequence);
    if (record.kind !== 'run') continue;
    tracked = advance(tracked, record.run.finishedAt, record.outcomes.changes);
    if (record.run.id === runId) return { of: { sequence, sha256: hash, rules: record.rules }, tracked };
  }
  return undefined;
}
