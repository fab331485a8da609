import type { ResultSet } from '@pgattest/connect';

/** How much may be told apart; what is beyond is counted as `other` or left out. */
export interface ViewLimits {
  /** Application names shown by their name. */
  readonly applications: number;
  /** Combinations of labels shown one by one. */
  readonly series: number;
}

/** What a view needs besides the answer. */
export interface ViewContext {
  readonly limits: ViewLimits;
  /** Now, on the clock and in the time zone of PgBouncer, as milliseconds; undefined while that is not known. */
  readonly nowMs: number | undefined;
}

/** An answer made ready for a collector. */
export interface Viewed {
  readonly result: ResultSet;
  /** Combinations of labels that are not shown one by one, of a view with limits. */
  readonly collapsed?: number;
}

/** Turns the answer of a SHOW command into rows with the columns of a collector. Pure. */
export type View = (answer: ResultSet, context: ViewContext) => Viewed;

/** A row by column name; a column that is not there is undefined, which is not NULL. */
export type Fields = Readonly<Record<string, string | null | undefined>>;

const textOid = 25;

/** Rows of an answer by column name. */
export function fieldsOf({ columns, rows }: ResultSet): readonly Fields[] {
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, at) => [name, row[at] ?? null])));
}

/** Rows as an answer again: every value is text or NULL. */
export function answerOf(names: readonly string[], rows: readonly Fields[]): ResultSet {
  return {
    columns: names.map((name) => ({ name, typeOid: textOid })),
    rows: rows.map((row) => names.map((name) => row[name] ?? null)),
  };
}

/** A view without limits. */
export function whole(result: ResultSet): Viewed {
  return { result };
}

/** Text of a field; empty when NULL or not there. */
export function textOf(row: Fields, name: string): string {
  return row[name] ?? '';
}

/** Number of a field; undefined when it is none. */
export function numberOf(row: Fields, name: string): number | undefined {
  const text = row[name] ?? '';
  const value = Number(text);
  return text.trim() === '' || !Number.isFinite(value) ? undefined : value;
}
