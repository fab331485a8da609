import type { Outcome } from '../finding.ts';
import type { Snapshot } from '../snapshot.ts';
import { emptyEvaluation, observed, snapshotOf } from '../snapshot.fixture.ts';
import { fileRun, recordRun, type Filing } from './file-run.ts';
import type { SealedRecord } from './record.ts';
import { sealRun } from './seal.ts';
import type { EvidenceStore } from './store.ts';

/** `20261101T000000Z-00000003`: the run of day 3. */
export const runIdOf = (day: number): string =>
  `202611${String(day).padStart(2, '0')}T000000Z-${String(day).padStart(8, '0')}`;

/** A run of cluster pg-test on that day of November. */
export function snapshotOfDay(day: number): Snapshot {
  const at = `2026-11-${String(day).padStart(2, '0')}T00:00:00.000Z`;
  const files = ['pg-test-1', 'pg-test-2', 'pg-test-3'].map((id) => observed('pg.settings', id, { day }, at));
  return {
    ...snapshotOf(['pg-test-1', 'pg-test-2', 'pg-test-3'], files),
    runId: runIdOf(day),
    startedAt: at,
    finishedAt: at,
  };
}

/** How the fixture files: unsigned, by version 1 of the rules. */
export const plainFiling: Filing = {
  rules: { version: '1', sha256: '1'.repeat(64) },
  privateKey: undefined,
  now: () => '2026-11-30T00:00:00.000Z',
};

/** Files and records the run of a day with these outcomes, as an auditor does. */
export async function fileDay(
  store: EvidenceStore,
  day: number,
  outcomes: Readonly<Record<string, Outcome>> = { 'pg-tls-enabled/pg-test-1': 'pass' },
  filing: Filing = plainFiling,
): Promise<SealedRecord> {
  const sealed = sealRun(snapshotOfDay(day), emptyEvaluation);
  await fileRun(store, sealed);
  const findings = Object.entries(outcomes).map(([id, outcome]) => ({ id, outcome }));
  return recordRun(store, sealed.manifest, findings, filing);
}
