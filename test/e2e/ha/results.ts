import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One line of the table: what was measured, next to what the documents promise. */
export interface ResultRow {
  readonly variant: string;
  readonly scenario: string;
  /** ttl/loop_wait/retry_timeout */
  readonly timers: string;
  /** From the fault to the first sign of it in /metrics. */
  readonly detectionMs: number | undefined;
  /** Pause between two acknowledged rows; undefined = writes were meant to be out, or were not watched. */
  readonly outageMs: number | undefined;
  readonly boundMs: number | undefined;
  readonly acknowledgedRows: number;
  readonly lostRows: number;
  readonly lostBytes: number;
  /** What was seen, in words. */
  readonly seen: string;
  /** What the documents say. */
  readonly said: string;
}

/** Where the results of the last run are: below the repository, ignored by git. */
export const resultDirectory = new URL('../../../.pgattest/ha/', import.meta.url).pathname;

/** Forgets earlier runs. */
export function clearResults(): void {
  rmSync(resultDirectory, { recursive: true, force: true });
  mkdirSync(resultDirectory, { recursive: true });
}

/** Adds a row; each test file has a file of its own. */
export function saveRows(variant: string, rows: readonly ResultRow[]): void {
  mkdirSync(resultDirectory, { recursive: true });
  writeFileSync(join(resultDirectory, `${variant}.json`), `${JSON.stringify(rows, undefined, 2)}\n`);
}

/** Every row of the run as a table in Markdown. */
export function renderTable(): string {
  const rows = readdirSync(resultDirectory)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .flatMap((name) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by saveRows
      return JSON.parse(readFileSync(join(resultDirectory, name), 'utf8')) as ResultRow[];
    });
  const lines = rows.map((row) =>
    [
      row.variant,
      row.scenario,
      row.timers,
      seconds(row.detectionMs),
      seconds(row.outageMs),
      seconds(row.boundMs),
      row.lostRows === 0
        ? `0 of ${row.acknowledgedRows}`
        : `${row.lostRows} of ${row.acknowledgedRows} (${row.lostBytes} B)`,
      row.seen,
      row.said,
    ].join(' | '),
  );
  return [
    '| lab | scenario | ttl/loop/retry | detection | outage | worst case | rows lost | seen | said |',
    '|---|---|---|---|---|---|---|---|---|',
    ...lines.map((line) => `| ${line} |`),
    '',
  ].join('\n');
}

function seconds(ms: number | undefined): string {
  return ms === undefined ? '-' : `${(ms / 1_000).toFixed(1)} s`;
}
