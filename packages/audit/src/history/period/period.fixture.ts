import { fileRun, recordRun, type Filing } from '../../evidence/file-run.ts';
import { plainFiling } from '../../evidence/chain.fixture.ts';
import type { SealedRecord } from '../../evidence/record.ts';
import { sealRun } from '../../evidence/seal.ts';
import type { EvidenceStore } from '../../evidence/store.ts';
import type { EvaluationConfig } from '../../evaluation.ts';
import type { Outcome } from '../../finding.ts';
import { emptyEvaluation, observed, snapshotOf, unavailable } from '../../snapshot.fixture.ts';

export interface FixtureRun {
  /** ISO 8601 UTC, whole seconds: `2026-11-03T02:00:00.000Z`. */
  readonly at: string;
  readonly outcomes: Readonly<Record<string, Outcome>>;
  /** Instances in scope, pg-test-1 and pg-test-2 by default. */
  readonly instances?: readonly string[];
  /** Those of them that did not answer. */
  readonly silent?: readonly string[];
  readonly evaluation?: Partial<EvaluationConfig>;
  readonly filing?: Filing;
}

/** `20261103T020000Z-00000000`. */
export const runIdAt = (at: string): string => `${at.replaceAll(/[-:]|\.\d+/gu, '')}-00000000`;

/** Files and records a run of pg-test, as an auditor does. */
export async function fileRunAt(store: EvidenceStore, run: FixtureRun): Promise<SealedRecord> {
  const { at, outcomes, instances = ['pg-test-1', 'pg-test-2'], silent = [], filing = plainFiling } = run;
  const observations = instances.map((id) =>
    silent.includes(id)
      ? unavailable('pg.settings', id, 'unreachable', 'connection refused')
      : observed('pg.settings', id, { at }, at),
  );
  const snapshot = { ...snapshotOf(instances, observations), runId: runIdAt(at), startedAt: at, finishedAt: at };
  const sealed = sealRun(snapshot, { ...emptyEvaluation, ...run.evaluation });
  await fileRun(store, sealed);
  const findings = Object.entries(outcomes).map(([id, outcome]) => ({ id, outcome }));
  return recordRun(store, sealed.manifest, findings, filing);
}

/** A run every night of these days of November, all with the same results unless a day has its own. */
export async function fileNights(
  store: EvidenceStore,
  days: readonly number[],
  outcomes: Readonly<Record<string, Outcome>>,
  own: Readonly<Record<number, Partial<FixtureRun>>> = {},
): Promise<void> {
  for (const day of days) {
    const at = `2026-11-${String(day).padStart(2, '0')}T02:00:00.000Z`;
    await fileRunAt(store, { at, outcomes, ...own[day] });
  }
}
