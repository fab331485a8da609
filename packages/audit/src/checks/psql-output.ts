/** A value as psql holds it: NULL, boolean, number or the server's text. */
export type PsqlValue = string | number | boolean | null;

/** One row as `psql -XAt` prints it: columns joined by `|`, NULL empty, booleans t and f. */
export const psqlRow = (...values: readonly PsqlValue[]): string =>
  values.map((value) => (value === null ? '' : value === true ? 't' : value === false ? 'f' : String(value))).join('|');

/** Rows as `psql -XAt` prints them, without the last newline; no row prints nothing. */
export const psqlRows = (rows: readonly (readonly PsqlValue[])[]): string =>
  rows.map((row) => psqlRow(...row)).join('\n');
