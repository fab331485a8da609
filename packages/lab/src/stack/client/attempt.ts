/** One try to write one row. Times are milliseconds of the writer's clock since the epoch. */
export interface Attempt {
  readonly startedMs: number;
  readonly endedMs: number;
  /** Number of the row within this writer. */
  readonly sequence: number;
  /**
   * `acknowledged`: the server confirmed the commit, losing it is data loss. `refused`: it did not happen. `unknown`: the
   * connection broke or went silent, the row may be there or not.
   */
  readonly outcome: 'acknowledged' | 'refused' | 'unknown';
  /** Position of the WAL just before the commit, when acknowledged. */
  readonly lsn?: string;
  /** What the server or the network said otherwise. */
  readonly error?: string;
}

/** A pause in writing, from the last acknowledged row before to the first one after. */
export interface Outage {
  readonly lastMs: number;
  readonly nextMs: number;
  readonly durationMs: number;
}

/**
 * The longest pause between two acknowledged rows that ended after a moment; undefined when no row was acknowledged
 * after it, that is while the outage lasts.
 */
export function findOutage(attempts: readonly Attempt[], sinceMs: number): Outage | undefined {
  const acknowledged = attempts
    .filter(({ outcome }) => outcome === 'acknowledged')
    .map(({ endedMs }) => endedMs)
    .toSorted((a, b) => a - b);
  let longest: Outage | undefined;
  for (const [index, nextMs] of acknowledged.entries()) {
    const lastMs = acknowledged[index - 1];
    if (lastMs === undefined || nextMs < sinceMs) continue;
    const durationMs = nextMs - lastMs;
    if (longest === undefined || durationMs > longest.durationMs) longest = { lastMs, nextMs, durationMs };
  }
  return longest;
}

/** Whether a row was acknowledged that was only tried after this moment: writes are possible. */
export function isWritingSince(attempts: readonly Attempt[], sinceMs: number): boolean {
  return attempts.some(({ outcome, startedMs }) => outcome === 'acknowledged' && startedMs >= sinceMs);
}

/** What was lost of what had been acknowledged. */
export interface Loss {
  readonly rows: number;
  /** WAL between where the histories part and the last lost row; 0 without loss. */
  readonly bytes: number;
}

/**
 * Compares what was acknowledged with what is there.
 *
 * @param present sequences found in the table
 * @param forks where each new timeline left the one before; a row was lost at the last of them before its position
 */
export function lossOf(attempts: readonly Attempt[], present: ReadonlySet<number>, forks: readonly bigint[]): Loss {
  const lost = attempts.filter(({ outcome, sequence }) => outcome === 'acknowledged' && !present.has(sequence));
  const positions = lost.flatMap(({ lsn }) => (lsn === undefined ? [] : [parseLsn(lsn)]));
  const bytes = positions.map((position) => {
    const before = forks.filter((fork) => fork <= position);
    const from = before.length === 0 ? leastOf(positions) : greatestOf(before);
    return Number(position - from);
  });
  return { rows: lost.length, bytes: Math.max(0, ...bytes) };
}

const leastOf = (values: readonly bigint[]): bigint => values.reduce((a, b) => (a < b ? a : b));
const greatestOf = (values: readonly bigint[]): bigint => values.reduce((a, b) => (a > b ? a : b));

/** `16/B374D848` as a number of bytes. Errors: RangeError. */
export function parseLsn(text: string): bigint {
  const parts = /^([0-9A-F]{1,8})\/([0-9A-F]{1,8})$/iu.exec(text);
  if (parts === null) throw new RangeError(`not a position in the WAL: ${text}`);
  return (BigInt(`0x${parts[1] ?? '0'}`) << 32n) + BigInt(`0x${parts[2] ?? '0'}`);
}
