import type { TopK } from '@pgattest/catalog';

/** One row of a result that may be shown. */
export interface Candidate {
  /** What it is recognized by in the next result. */
  readonly key: string;
  /** Higher is shown first; NaN last. */
  readonly weight: number;
}

/** Keys that are shown, each with the number of results in a row in which it was not among the first. */
export type ShownKeys = ReadonlyMap<string, number>;

/** What came and went since the program started. */
export interface TopCounts {
  /** Keys that came to be shown; those of the first result do not count. */
  readonly entered: number;
  readonly left: number;
  /** Candidates of the last result that are not shown. */
  readonly hidden: number;
}

/** What one result changes. */
export interface TopChoice {
  readonly shown: ShownKeys;
  /** Keys that were not shown before; 0 for the first result. */
  readonly entered: number;
  /** Keys that were shown before, those without a candidate included. */
  readonly left: number;
  /** Candidates that are not shown. */
  readonly hidden: number;
}

/**
 * Results in a row outside the first `enters` after which a key leaves although it is still among the first `stays`:
 * an hour of a result every ten seconds. In the end exactly the first `enters` are shown.
 */
export const patience = 360;

/**
 * Chooses what is shown, as a thermostat does: a key comes when it is among the first `enters`, and goes when it is
 * no longer among the first `stays`, or after `patience` results outside the first `enters`. So whatever ranks high is
 * shown at once, nothing at the edge comes and goes, and never more than `stays` are shown. Among equals those shown
 * before are first, then the order is that of the keys: the order of the candidates does not matter.
 */
export function chooseTop(
  candidates: Iterable<Candidate>,
  before: ShownKeys | undefined,
  { enters, stays }: Pick<TopK<string, string>, 'enters' | 'stays'>,
): TopChoice {
  const weights = new Map<string, number>();
  for (const { key, weight } of candidates) {
    const known = weights.get(key);
    weights.set(key, known === undefined ? orderable(weight) : Math.max(known, orderable(weight)));
  }
  const isShown = (key: string): boolean => before?.has(key) === true;
  const ranked = [...weights].toSorted(
    ([keyA, a], [keyB, b]) => compare(b, a) || Number(isShown(keyB)) - Number(isShown(keyA)) || (keyA < keyB ? -1 : 1),
  );
  const shown = new Map<string, number>();
  for (const [rank, [key]] of ranked.slice(0, Math.max(enters, stays)).entries()) {
    const outside = rank < enters ? 0 : (before?.get(key) ?? Infinity) + 1;
    if (outside <= patience) shown.set(key, outside);
  }
  const stayed = [...shown.keys()].filter(isShown).length;
  return {
    shown,
    entered: before === undefined ? 0 : shown.size - stayed,
    left: (before?.size ?? 0) - stayed,
    hidden: weights.size - shown.size,
  };
}

function orderable(weight: number): number {
  return Number.isNaN(weight) ? -Infinity : weight;
}

function compare(a: number, b: number): number {
  return a < b ? -1 : Number(a > b);
}
