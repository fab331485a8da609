import type { ShownKeys } from './top-k.ts';

/** One candidate with the counters that are summed, in a fixed order; NaN where there is none. */
export interface OtherRow {
  readonly key: string;
  /** Labels of the sum it belongs to. */
  readonly labels: readonly string[];
  readonly counters: readonly number[];
}

/** One label tuple and what its rows advanced by while they were not shown. */
export interface OtherSum {
  readonly labels: readonly string[];
  readonly counters: readonly number[];
}

/** What is remembered from one result to the next. */
export interface OtherMemory {
  readonly sums: ReadonlyMap<string, OtherSum>;
  /** Counters of every candidate of the last result. */
  readonly last: ReadonlyMap<string, readonly number[]>;
}

/** Before the first result. */
export const noOthers: OtherMemory = Object.freeze({ sums: new Map(), last: new Map() });

/**
 * Adds up what the counters of the rows not shown did since the last result. A row that is shown now and was shown
 * before speaks for itself; everything else of the candidates is added, so both together lose nothing that happened
 * between two results. A counter that fell began anew at 0, and of a row that was no candidate before nothing is known.
 * Only ever rises, but for a label tuple without a row, which is forgotten.
 */
export function addOthers(
  memory: OtherMemory,
  rows: readonly OtherRow[],
  before: ShownKeys | undefined,
  now: ShownKeys,
): OtherMemory {
  const sums = new Map<string, { readonly labels: readonly string[]; readonly counters: number[] }>();
  const last = new Map<string, readonly number[]>();
  for (const { key, labels, counters } of rows) {
    const group = JSON.stringify(labels);
    const sum = sums.get(group) ?? {
      labels,
      counters: [...(memory.sums.get(group)?.counters ?? counters.map(() => 0))],
    };
    sums.set(group, sum);
    last.set(key, counters);
    const known = memory.last.get(key);
    if (known === undefined || (before?.has(key) === true && now.has(key))) continue;
    for (const [at, value] of counters.entries()) {
      const from = known[at] ?? Number.NaN;
      if (Number.isNaN(value) || Number.isNaN(from)) continue;
      sum.counters[at] = (sum.counters[at] ?? 0) + (value < from ? value : value - from);
    }
  }
  return { sums, last };
}
