/**
 * Days until log_filename comes round to a name it used before: `postgresql-%a.log` after 7, a name with the year
 * never (`Infinity`). Months and days of the month count as their shortest length; a name without escapes is reused at
 * every rotation (0).
 */
export function logFileCycleDays(filename: string): number {
  const letters = new Set([...filename.matchAll(/%[-_0^#EO]*(.)/gsu)].map(([, letter]) => letter));
  const has = (...list: readonly string[]): boolean => list.some((letter) => letters.has(letter));

  // Whole dates and epoch seconds hold the year.
  if (has('c', 'D', 'F', 's', 'x', '+')) return Infinity;
  const dayOfYear = has('j') || (has('m', 'b', 'B', 'h') && has('d', 'e'));
  const week = has('U', 'V', 'W') && has('a', 'A', 'u', 'w');
  const year = has('Y', 'y', 'G', 'g');
  if (year && (dayOfYear || week)) return Infinity;
  if (dayOfYear || week) return 364;
  if (has('d', 'e')) return 28;
  if (has('a', 'A', 'u', 'w')) return 7;
  if (has('H', 'I', 'k', 'l', 'T', 'R', 'r', 'X')) return 1;
  return 0;
}
