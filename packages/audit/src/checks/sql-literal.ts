/** Quotes a value for a statement: `o'clock` becomes `'o''clock'`; a backslash is safe under every server setting. */
export function sqlLiteral(value: string): string {
  const quoted = `'${value.replaceAll("'", "''").replaceAll('\\', String.raw`\\`)}'`;
  return value.includes('\\') ? `E${quoted}` : quoted;
}

/** Several values, for `IN (…)`. */
export const sqlLiterals = (values: readonly string[]): string => values.map(sqlLiteral).join(', ');

/** The condition that a column has this value, or none: `= 'app'`, `IS NULL`. */
export const sqlEquals = (value: string | null): string => (value === null ? 'IS NULL' : `= ${sqlLiteral(value)}`);
