/**
 * JSON with one spelling per value: keys sorted, two spaces, a newline at the end; what `jq -S .` prints for ordinary
 * text. Undefined keys are left out. Throws TypeError on a number that JSON cannot say.
 */
export const canonicalJson = (value: unknown): string => `${JSON.stringify(sorted(value), undefined, 2)}\n`;

function sorted(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${value} cannot be said in JSON`);
  if (Array.isArray(value)) return value.map((item) => sorted(item));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([key, item]) => [key, sorted(item)] as const));
}
