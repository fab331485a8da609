import { beginOf, daysOf, dayOf, endOf, type Period } from './days.ts';

/** When runs took place, against how often they should. */
export interface Schedule {
  /** Longest time from the end of one run to the end of the next that is as planned. */
  readonly everyMs: number;
  readonly days: number;
  readonly daysWithRun: number;
  readonly runs: number;
  /** Runs on each day of the period, in order. */
  readonly runsPerDay: readonly number[];
  /** Longest time without a run, the ends of the period included. */
  readonly longestGapMs: number;
  /** Times without a run that are longer than planned by more than half: a run was left out. ISO 8601 UTC. */
  readonly gaps: readonly { readonly from: string; readonly to: string; readonly durationMs: number }[];
}

/** Compares the ends of runs (ISO 8601 UTC, in any order) with the plan. Pure. */
export function scheduleOf(period: Period, finished: readonly string[], everyMs: number): Schedule {
  const days = daysOf(period);
  const counts = new Map<string, number>();
  for (const at of finished) counts.set(dayOf(at), (counts.get(dayOf(at)) ?? 0) + 1);
  const runsPerDay = days.map((day) => counts.get(day) ?? 0);
  const ends = finished.map((at) => Date.parse(at)).toSorted((a, b) => a - b);
  const instants = [beginOf(period.from), ...ends, endOf(period.to)];
  const pauses = instants.slice(1).map((to, index) => ({ from: instants[index] ?? to, to }));
  return {
    everyMs,
    days: days.length,
    daysWithRun: runsPerDay.filter((count) => count > 0).length,
    runs: finished.length,
    runsPerDay,
    longestGapMs: Math.max(...pauses.map(({ from, to }) => to - from)),
    gaps: pauses
      .filter(({ from, to }) => to - from > everyMs * 1.5)
      .map(({ from, to }) => ({
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
        durationMs: to - from,
      })),
  };
}
