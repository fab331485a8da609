import type { KeyObject } from 'node:crypto';
import type { Finding } from '../finding.ts';
import { advance, changesSince, countOutcomes, outcomesOf } from '../history/track.ts';
import type { Manifest } from '../manifest.ts';
import { canonicalJson } from './canonical-json.ts';
import { appendRecord, hashOfTracked, placeAfter, type ChainState } from './chain.ts';
import { sha256 } from './hash.ts';
import { merkleRoot } from './merkle.ts';
import type { RulePack, RunRecord, SealedRecord } from './record.ts';
import { manifestFile, type SealedRun } from './seal.ts';
import type { EvidenceStore } from './store.ts';

/** What a chain record says beside the run itself. */
export interface Filing {
  readonly rules: RulePack;
  readonly privateKey: KeyObject | undefined;
  /** ISO 8601 UTC. */
  readonly now: () => string;
}

/** Files the evidence of a run. It is complete but not yet part of the chain: `recordRun` comes next. Errors: EvidenceError. */
export function fileRun(store: EvidenceStore, { manifest, files }: SealedRun): Promise<void> {
  // The manifest goes last: a copy that lacks it was cut off.
  const all = new Map([...files, [manifestFile, canonicalJson(manifest)]]);
  return store.putRun(manifest.cluster, manifest.runId, all);
}

/** Adds the run to the chain of its cluster; from then on it is a completed run. Errors: EvidenceError. */
export function recordRun(
  store: EvidenceStore,
  manifest: Manifest,
  findings: readonly Pick<Finding, 'id' | 'outcome'>[],
  { rules, privateKey, now }: Filing,
): Promise<SealedRecord> {
  const make = (state: ChainState): RunRecord => {
    const { runId, cluster, startedAt, finishedAt, tool, files, digest } = manifest;
    const changes = changesSince(state.tracked, findings);
    const tracked = advance(state.tracked, finishedAt, changes);
    return {
      ...placeAfter(state),
      kind: 'run',
      cluster,
      filedAt: now(),
      tool,
      rules,
      run: {
        id: runId,
        startedAt,
        finishedAt,
        manifest: digest,
        merkleRoot: merkleRoot(files),
        files: files.length,
      },
      outcomes: {
        counts: countOutcomes(findings.map(({ outcome }) => outcome)),
        sha256: sha256(canonicalJson(outcomesOf(tracked))),
        changes,
        history: hashOfTracked(tracked),
      },
    };
  };
  return appendRecord(store, manifest.cluster, make, privateKey);
}
