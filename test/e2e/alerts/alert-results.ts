import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What arrived in one scenario. */
export interface AlertRow {
  readonly scenario: string;
  readonly arrived: readonly { readonly what: string; readonly afterMs: number; readonly isAfterHealing: boolean }[];
  readonly inhibited: readonly string[];
  /** From the healed cluster until the expected alerts were resolved. */
  readonly resolvedMs: number;
}

/** Where the results of the last run are: below the repository, ignored by git. */
export const alertResultDirectory = new URL('../../../.pgattest/alerts/', import.meta.url).pathname;

/** Adds a row to the file of a lab and prints it. */
export function saveScenario(variant: string, row: AlertRow): void {
  mkdirSync(alertResultDirectory, { recursive: true });
  const file = join(alertResultDirectory, `${variant}.json`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this very function
  const rows = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as readonly AlertRow[]) : [];
  const others = rows.filter(({ scenario }) => scenario !== row.scenario);
  writeFileSync(file, `${JSON.stringify([...others, row], undefined, 2)}\n`);
  process.stdout.write(`${describeRow(row)}\n`);
}

function describeRow({ scenario, arrived, inhibited, resolvedMs }: AlertRow): string {
  const lines = arrived.map(
    ({ what, afterMs, isAfterHealing }) => `  ${seconds(afterMs)}${isAfterHealing ? ' (healed)' : ''} ${what}`,
  );
  return [
    `${scenario}: resolved after ${seconds(resolvedMs)}; kept back: ${inhibited.join(', ') || 'none'}`,
    ...lines,
  ].join('\n');
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(0)} s`;
}
