import { getRecord } from '../evidence/chain.ts';
import type { RulePack } from '../evidence/record.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import type { Outcome } from '../finding.ts';
import { advance, driftOf, type Drift, type TrackedFindings } from './track.ts';

/** One run as the chain tells of it. */
export interface HistoryRun {
  readonly sequence: number;
  readonly runId: string;
  readonly finishedAt: string;
  readonly rules: RulePack;
  readonly counts: Readonly<Partial<Record<Outcome, number>>>;
  /** Ids of findings that this run moved; whatever stands as before is in none of them. */
  readonly drift: Readonly<Record<Exclude<Drift, 'none' | 'unchanged'>, readonly string[]>>;
  /** How many failures and warnings of the run before are still there. */
  readonly unchanged: number;
}

/** Evidence that was judged again. */
export interface HistoryReevaluation {
  readonly sequence: number;
  readonly runId: string;
  readonly filedAt: string;
  readonly rules: RulePack;
  readonly rulesThen: RulePack | undefined;
  readonly changes: Readonly<Record<string, Outcome | 'gone'>>;
}

export interface History {
  readonly cluster: string;
  /** Oldest first. */
  readonly runs: readonly HistoryRun[];
  readonly reevaluations: readonly HistoryReevaluation[];
  /** What is known of every finding after the newest run. */
  readonly findings: TrackedFindings;
}

/**
 * Reads the whole chain of a cluster: which findings appeared, went and came back, and when. It reads the records only,
 * never the evidence. Errors: EvidenceError.
 */
export async function readHistory(store: EvidenceStore, cluster: string): Promise<History> {
  const { records } = await store.list(cluster);
  const runs: HistoryRun[] = [];
  const reevaluations: HistoryReevaluation[] = [];
  let findings: TrackedFindings = new Map();
  let open = 0;
  for (const sequence of records) {
    const { record } = await getRecord(store, cluster, sequence);
    const { rules, outcomes } = record;
    if (record.kind === 'reevaluation') {
      const { filedAt, of } = record;
      const { changes } = outcomes;
      reevaluations.push({ sequence, runId: record.run.id, filedAt, rules, rulesThen: of?.rules, changes });
      continue;
    }
    const { id: runId, finishedAt } = record.run;
    const moved = driftOfRun(findings, outcomes.changes);
    const after = advance(findings, finishedAt, outcomes.changes);
    if (after !== findings) open = [...after.values()].filter(({ openSince }) => openSince !== undefined).length;
    findings = after;
    const { counts } = outcomes;
    const fresh = moved.new.length + moved.reopened.length + moved.unknown.length;
    runs.push({ sequence, runId, finishedAt, rules, counts, drift: moved, unchanged: open - fresh });
  }
  return { cluster, runs, reevaluations, findings };
}

function driftOfRun(before: TrackedFindings, changes: Readonly<Record<string, Outcome | 'gone'>>): HistoryRun['drift'] {
  const moved = Object.entries(changes).map(([id, outcome]) => ({ id, drift: driftOf(outcome, before.get(id)) }));
  const ids = (wanted: Drift): readonly string[] =>
    moved
      .filter(({ drift }) => drift === wanted)
      .map(({ id }) => id)
      .toSorted();
  return { new: ids('new'), reopened: ids('reopened'), closed: ids('closed'), unknown: ids('unknown') };
}
