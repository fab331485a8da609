import type { Outcome } from '../finding.ts';

/** What the runs so far say about one finding. Times are ends of runs, ISO 8601 UTC. */
export interface TrackedFinding {
  /** `gone`: the newest run has no such finding any more (a member was removed, a check renamed). */
  readonly outcome: Outcome | 'gone';
  /** When the outcome became what it is. */
  readonly changedAt: string;
  /** First run that showed a failure or a warning; absent while there was none. */
  readonly firstSeen?: string;
  /** Begin of the present failure or warning; kept while nobody can say whether it is still there. */
  readonly openSince?: string;
  /** How often it came back after it was closed; absent when never. */
  readonly reopened?: number;
}

export type TrackedFindings = ReadonlyMap<string, TrackedFinding>;

/** Fails or warns, excused or not. */
export const isOpen = (outcome: Outcome | 'gone' | undefined): boolean =>
  outcome === 'fail' || outcome === 'warn' || outcome === 'excepted';

/** Says that nothing is wrong. Anything neither open nor closed is unknown, and leaves a finding as it was. */
export const isClosed = (outcome: Outcome | 'gone' | undefined): boolean =>
  outcome === 'pass' || outcome === 'not_applicable';

/** How a finding stands against the runs before. */
export type Drift = 'new' | 'reopened' | 'unchanged' | 'closed' | 'unknown' | 'none';

/** Drift of one finding, given what was known before this run. */
export function driftOf(outcome: Outcome | 'gone', before: TrackedFinding | undefined): Drift {
  const wasOpen = before?.openSince !== undefined;
  if (isOpen(outcome)) return wasOpen ? 'unchanged' : before?.firstSeen === undefined ? 'new' : 'reopened';
  if (!wasOpen) return 'none';
  return isClosed(outcome) ? 'closed' : 'unknown';
}

/** What is known after a run that ended at `at` changed these outcomes. */
export function advance(
  before: TrackedFindings,
  at: string,
  changes: Readonly<Record<string, Outcome | 'gone'>>,
): TrackedFindings {
  const entries = Object.entries(changes);
  // Most runs change nothing: a history of thousands of them must not copy what is known each time.
  if (entries.length === 0) return before;
  const after = new Map(before);
  for (const [id, outcome] of entries) after.set(id, advanceOne(before.get(id), at, outcome));
  return after;
}

function advanceOne(before: TrackedFinding | undefined, at: string, outcome: Outcome | 'gone'): TrackedFinding {
  const { firstSeen, openSince, reopened = 0 } = before ?? {};
  const drift = driftOf(outcome, before);
  const times = reopened + (drift === 'reopened' ? 1 : 0);
  const first = firstSeen ?? (drift === 'new' ? at : undefined);
  const open = drift === 'closed' ? undefined : (openSince ?? (isOpen(outcome) ? at : undefined));
  return {
    outcome,
    changedAt: before?.outcome === outcome ? before.changedAt : at,
    ...(first === undefined ? {} : { firstSeen: first }),
    ...(open === undefined ? {} : { openSince: open }),
    ...(times === 0 ? {} : { reopened: times }),
  };
}

/** Outcomes that differ from what is tracked; what is tracked and not among them is `gone`. */
export function changesSince(
  before: TrackedFindings,
  findings: readonly { readonly id: string; readonly outcome: Outcome }[],
): Readonly<Record<string, Outcome | 'gone'>> {
  const now = new Map(findings.map(({ id, outcome }) => [id, outcome]));
  const changed = findings.filter(({ id, outcome }) => before.get(id)?.outcome !== outcome);
  const gone = [...before].filter(([id, { outcome }]) => outcome !== 'gone' && !now.has(id));
  return Object.fromEntries([
    ...changed.map(({ id, outcome }) => [id, outcome] as const),
    ...gone.map(([id]) => [id, 'gone'] as const),
  ]);
}

/** Present outcomes by finding id: what `outcomes.sha256` of a record is over. */
export const outcomesOf = (tracked: TrackedFindings): Readonly<Record<string, Outcome>> =>
  Object.fromEntries([...tracked].flatMap(([id, { outcome }]) => (outcome === 'gone' ? [] : [[id, outcome] as const])));

/** How often each outcome occurs. */
export function countOutcomes(outcomes: readonly Outcome[]): Readonly<Partial<Record<Outcome, number>>> {
  const counts = new Map<Outcome, number>();
  for (const outcome of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return Object.fromEntries(counts);
}
