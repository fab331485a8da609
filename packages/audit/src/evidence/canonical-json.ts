/**
 * JSON with one spelling per value: keys sorted by UTF-16 code unit, two spaces of indent, a newline at the end; the
 * same bytes as `jq -S .` for ordinary text. Keys whose value is undefined are left out.
 * Throws TypeError on what JSON cannot say (NaN, bigint, Map, Date): evidence must read back as it was written.
 */
export const canonicalJson = (value: unknown): string => `${write(value, '\n', '$')}\n`;

function write(value: unknown, indent: string, path: string): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return JSON.stringify(value);
    throw new TypeError(`${path} is ${value}, which JSON cannot say`);
  }
  if (Array.isArray(value)) return writeArray(value, indent, path);
  if (typeof value === 'object') return writeObject(value, indent, path);
  throw new TypeError(`${path} is a ${typeof value}, which JSON cannot say`);
}

function writeArray(items: readonly unknown[], indent: string, path: string): string {
  if (items.length === 0) return '[]';
  const inner = `${indent}  `;
  return `[${inner}${items.map((item, index) => write(item, inner, `${path}[${index}]`)).join(`,${inner}`)}${indent}]`;
}

function writeObject(value: object, indent: string, path: string): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(`${path} is a ${value.constructor.name}, which JSON cannot say`);
  }
  const inner = `${indent}  `;
  const members = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}: ${write(item, inner, `${path}.${key}`)}`);
  return members.length === 0 ? '{}' : `{${inner}${members.join(`,${inner}`)}${indent}}`;
}
