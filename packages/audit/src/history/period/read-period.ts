import { RuntimeError } from '@pgattest/runtime';
import { getRecord } from '../../evidence/chain.ts';
import type { ReevaluationRecord, RunRecord, SealedRecord } from '../../evidence/record.ts';
import type { EvidenceStore } from '../../evidence/store.ts';
import { verifyCluster, type VerifyOptions } from '../../evidence/verify.ts';
import type { Outcome } from '../../finding.ts';
import { advance, outcomesOf, type TrackedFindings } from '../track.ts';
import { isWithin, type Period } from './days.ts';
import { createEpisodes, type Episode } from './episodes.ts';
import { runReader, type ReadRun } from './read-run.ts';

/** One run of the period: its record, every result as it was recorded, and what its evidence says. */
export interface PeriodRun {
  readonly sealed: SealedRecord;
  readonly record: RunRecord;
  readonly outcomes: Readonly<Record<string, Outcome>>;
  readonly read: ReadRun;
}

/** All that a store tells of one cluster and period. */
export interface PeriodHistory {
  readonly cluster: string;
  readonly period: Period;
  readonly store: string;
  /** The newest record of the chain, of whatever day. */
  readonly head: SealedRecord;
  readonly records: number;
  /** In the order of the chain. */
  readonly runs: readonly PeriodRun[];
  /** The last run that ended before the period; absent when there is none, or its evidence was moved away. */
  readonly before: PeriodRun | undefined;
  /** Every time a finding was open, from the first run on up to the end of the period. */
  readonly episodes: readonly Episode[];
  readonly reevaluations: readonly { readonly record: ReevaluationRecord; readonly sha256: string }[];
  /** What verification found worth knowing. */
  readonly notes: readonly string[];
  /** How much was verified. */
  readonly checked: { readonly evidence: boolean; readonly signatures: boolean };
}

/**
 * Reads and verifies what the chain of a cluster says of a period. Nothing is judged again: results are those that the
 * records carry. Evidence that does not verify becomes part of the answer. A period without a run gives a sentence that
 * says when there are runs.
 * Errors: RuntimeError usage, when the chain is damaged; EvidenceError when the store cannot be read.
 */
export async function readPeriod(
  store: EvidenceStore,
  cluster: string,
  period: Period,
  options: VerifyOptions,
): Promise<PeriodHistory | string> {
  const { problems, notes, head, records } = await verifyCluster(store, cluster, { ...options, evidence: false });
  if (problems[0] !== undefined) {
    throw new RuntimeError(
      'usage',
      `no report can rest on the chain of ${cluster} in ${store.name}: ${problems[0]}; "pgattest audit verify" says more`,
    );
  }
  if (head === undefined) return `no run of ${cluster} is recorded in ${store.name}`;
  const read = runReader(store, cluster, options.evidence);
  const episodes = createEpisodes();
  const runs: PeriodRun[] = [];
  const reevaluations: { readonly record: ReevaluationRecord; readonly sha256: string }[] = [];
  let tracked: TrackedFindings = new Map();
  let outcomes: Readonly<Record<string, Outcome>> = {};
  let before: Omit<PeriodRun, 'read'> | undefined;
  const instants: string[] = [];
  for (const sequence of (await store.list(cluster)).records) {
    const sealed = await getRecord(store, cluster, sequence);
    const { record } = sealed;
    if (record.kind === 'reevaluation') {
      if (isWithin(period, record.filedAt)) reevaluations.push({ record, sha256: sealed.sha256 });
      continue;
    }
    const { finishedAt } = record.run;
    instants.push(finishedAt);
    // A run of a later day may stand before one of this period when several auditors write: it is left out, not the rest.
    if (finishedAt.slice(0, 10) <= period.to) episodes.add(record, tracked);
    const after = advance(tracked, finishedAt, record.outcomes.changes);
    if (after !== tracked) outcomes = outcomesOf(after);
    tracked = after;
    if (isWithin(period, finishedAt)) runs.push({ sealed, record, outcomes, read: await read(record) });
    else if (finishedAt.slice(0, 10) < period.from) before = { sealed, record, outcomes };
  }
  if (runs.length === 0) return noRun(cluster, period, instants.toSorted());
  return {
    cluster,
    period,
    store: store.name,
    head,
    records,
    runs,
    before: before === undefined ? undefined : { ...before, read: await read(before.record) },
    episodes: episodes.list(),
    reevaluations,
    notes,
    checked: { evidence: options.evidence, signatures: options.keys.size > 0 },
  };
}

function noRun(cluster: string, { from, to }: Period, instants: readonly string[]): string {
  const first = instants[0];
  const known =
    first === undefined ? 'it has none at all' : `its runs are from ${first} to ${instants.at(-1) ?? first}`;
  return `no run of ${cluster} ended from ${from} to ${to} (UTC); ${known}`;
}
