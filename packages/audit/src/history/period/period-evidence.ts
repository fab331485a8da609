import type { Outcome } from '../../finding.ts';
import type { PeriodEvidence, PeriodRunReport } from './period-report.ts';
import type { PeriodHistory, PeriodRun } from './read-period.ts';

/** One run as the index of evidence lists it. */
export function reportRun({ sealed, record, read }: PeriodRun): PeriodRunReport {
  const { run, outcomes, rules, sequence } = record;
  const count = (wanted: readonly Outcome[]): number =>
    wanted.reduce((sum, outcome) => sum + (outcomes.counts[outcome] ?? 0), 0);
  return {
    runId: run.id,
    sequence,
    finishedAt: run.finishedAt,
    record: sealed.sha256,
    manifest: run.manifest,
    merkleRoot: run.merkleRoot,
    files: run.files,
    ...(sealed.signature === undefined ? {} : { keyId: sealed.signature.keyId }),
    rules,
    fail: count(['fail']),
    undecided: count(['error', 'stale', 'insufficient_data', 'manual']),
    ...(read.ok ? {} : { problem: read.problem }),
  };
}

/** What the report rests on, so that a reader can find and verify it. */
export function periodEvidence({
  store,
  head,
  records,
  checked,
  runs,
  reevaluations,
  notes,
}: PeriodHistory): PeriodEvidence {
  const keyIds = new Set(runs.flatMap(({ sealed }) => sealed.signature?.keyId ?? []));
  // Rules that come back after others are listed again: what judged a run is the last entry before it.
  const rules = runs.flatMap(({ record }, index) =>
    runs[index - 1]?.record.rules.sha256 === record.rules.sha256
      ? []
      : [{ ...record.rules, firstRun: record.run.id, firstAt: record.run.finishedAt }],
  );
  return {
    store,
    head: {
      sequence: head.record.sequence,
      sha256: head.sha256,
      filedAt: head.record.filedAt,
      ...(head.signature === undefined ? {} : { keyId: head.signature.keyId }),
    },
    records,
    checked,
    keyIds: [...keyIds],
    rules,
    reevaluations: reevaluations.map(({ record, sha256 }) => ({
      sequence: record.sequence,
      record: sha256,
      filedAt: record.filedAt,
      runId: record.run.id,
      changes: Object.keys(record.outcomes.changes).length,
    })),
    notes,
  };
}
