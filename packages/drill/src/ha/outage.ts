/** One attempt to write. `unknown`: the connection broke before the answer, the row may be there. */
export interface ProbeRow {
  readonly seq: number;
  readonly beganMs: number;
  readonly endedMs: number;
  readonly outcome: 'acknowledged' | 'refused' | 'unknown';
}

/** A time without acknowledged writes. */
export interface Outage {
  /** Acknowledgement of the last row before it. */
  readonly fromMs: number;
  /** Acknowledgement of the first row after it. */
  readonly toMs: number;
  readonly failedAttempts: number;
}

/**
 * The longest time between two acknowledgements that ends after `sinceMs`; undefined with fewer than two of them. It is
 * at least the interval between writes: an outage shorter than that cannot be seen.
 */
export function longestOutage(rows: readonly ProbeRow[], sinceMs: number): Outage | undefined {
  let longest: Outage | undefined;
  let lastMs: number | undefined;
  let failed = 0;
  for (const { outcome, endedMs } of rows) {
    if (outcome !== 'acknowledged') {
      failed += 1;
      continue;
    }
    if (lastMs !== undefined && endedMs >= sinceMs) {
      const found = { fromMs: lastMs, toMs: endedMs, failedAttempts: failed };
      if (longest === undefined || found.toMs - found.fromMs > longest.toMs - longest.fromMs) longest = found;
    }
    lastMs = endedMs;
    failed = 0;
  }
  return longest;
}
