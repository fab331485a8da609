import { canonicalJson } from '../../evidence/canonical-json.ts';
import type { Outcome } from '../../finding.ts';
import { covers, endOfWaiver, type Waiver } from '../../waivers.ts';
import { endOf, type Period } from './days.ts';

/** Exceptions that applied to one run, and its results. */
export interface RunWaivers {
  readonly runId: string;
  readonly at: string;
  readonly waivers: readonly Waiver[];
  readonly outcomes: Readonly<Record<string, Outcome>>;
}

/** One wording of an exception: another date, scope or reason is another entry. */
export interface PeriodWaiver extends Waiver {
  /** First and last run of the period whose configuration had it. */
  readonly firstRun: string;
  readonly firstAt: string;
  readonly lastRun: string;
  readonly lastAt: string;
  /** At the end of the period: in force, past its date, or no longer in the configuration. */
  readonly state: 'in_force' | 'expired' | 'removed';
  /** Results that were excused in at least one run and that it covers. */
  readonly findings: readonly string[];
}

/** Every exception that was in force or listed in the period. Runs in order. Pure. */
export function waiversOf(period: Period, runs: readonly RunWaivers[]): readonly PeriodWaiver[] {
  const known = new Map<string, { readonly waiver: Waiver; readonly runs: RunWaivers[] }>();
  for (const run of runs) {
    for (const waiver of run.waivers) {
      const key = canonicalJson(waiver);
      const entry = known.get(key);
      if (entry === undefined) known.set(key, { waiver, runs: [run] });
      else entry.runs.push(run);
    }
  }
  const last = runs.at(-1);
  return [...known.values()].flatMap(({ waiver, runs: own }): readonly PeriodWaiver[] => {
    const [firstRun] = own;
    const lastRun = own.at(-1);
    if (firstRun === undefined || lastRun === undefined) return [];
    // Valid to the end of its last day: one that ends with the period has not expired in it.
    const isExpired = !(endOf(period.to) - 1 <= endOfWaiver(waiver.until));
    return [
      {
        ...waiver,
        firstRun: firstRun.runId,
        firstAt: firstRun.at,
        lastRun: lastRun.runId,
        lastAt: lastRun.at,
        state: lastRun !== last ? 'removed' : isExpired ? 'expired' : 'in_force',
        findings: [...new Set(own.flatMap((run) => excusedBy(waiver, run)))].toSorted((a, b) => (a < b ? -1 : 1)),
      },
    ];
  });
}

const excusedBy = (waiver: Waiver, { outcomes }: RunWaivers): readonly string[] =>
  Object.entries(outcomes)
    .filter(([id, outcome]) => outcome === 'excepted' && covers(waiver, splitFindingId(id)))
    .map(([id]) => id);

/** `<check>/<subject>`. */
export function splitFindingId(id: string): { readonly check: string; readonly subject: string } {
  const slash = id.indexOf('/');
  return slash < 0 ? { check: id, subject: '' } : { check: id.slice(0, slash), subject: id.slice(slash + 1) };
}
