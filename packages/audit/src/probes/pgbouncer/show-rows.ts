import type { PgbouncerConsole } from '@pgattest/connect';

/** Rows of a SHOW command by the names of its columns, which versions add to and reorder. */
export async function showRows(
  console: PgbouncerConsole,
  command: string,
  signal: AbortSignal,
): Promise<readonly ReadonlyMap<string, string | null>[]> {
  const { columns, rows } = await console.show(command, { signal, timeoutMs: 10_000 });
  return rows.map((row) => new Map(columns.map(({ name }, index) => [name, row[index] ?? null])));
}

/** A number of a row; null where the column is empty, or this version has none of the names. */
export function numberIn(row: ReadonlyMap<string, string | null>, ...names: readonly string[]): number | null {
  const text = names.map((name) => row.get(name) ?? '').find((value) => value !== '') ?? '';
  return /^-?\d+$/u.test(text) ? Number(text) : null;
}
