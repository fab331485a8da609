/**
 * JSON with one spelling per value: keys sorted by UTF-16 code unit, two spaces of indent, a newline at the end; the
 * same bytes as `jq -S .` for ordinary text. Keys whose value is undefined are left out.
 * Throws TypeError on what JSON cannot say (NaN, bigint, Map, Date): evidence must read back as it was written.
 */
export function canonicalJson(value: unknown): string {
  const text = write(value, '\n');
  if (text === undefined) throw new TypeError(findUnsayable(value, '$') ?? 'a value that JSON cannot say');
  return `${text}\n`;
}

/** The text of a value; undefined when JSON cannot say it. Evidence and reports are megabytes: no path is kept on the way. */
function write(value: unknown, indent: string): string | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : undefined;
  if (Array.isArray(value)) return writeArray(value, indent);
  return typeof value === 'object' ? writeObject(value, indent) : undefined;
}

function writeArray(items: readonly unknown[], indent: string): string | undefined {
  if (items.length === 0) return '[]';
  const inner = `${indent}  `;
  let text = '[';
  let separator = inner;
  for (const item of items) {
    const written = write(item, inner);
    if (written === undefined) return undefined;
    text += separator + written;
    separator = `,${inner}`;
  }
  return `${text}${indent}]`;
}

function writeObject(value: object, indent: string): string | undefined {
  if (!isPlain(value)) return undefined;
  const inner = `${indent}  `;
  let text = '{';
  let separator = inner;
  for (const key of Object.keys(value).toSorted()) {
    const member: unknown = Reflect.get(value, key);
    if (member === undefined) continue;
    const written = write(member, inner);
    if (written === undefined) return undefined;
    text += `${separator}${JSON.stringify(key)}: ${written}`;
    separator = `,${inner}`;
  }
  return separator === inner ? '{}' : `${text}${indent}}`;
}

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** What JSON cannot say in a value, and where; undefined when it can say all of it. */
function findUnsayable(value: unknown, path: string): string | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return undefined;
  if (typeof value === 'number')
    return Number.isFinite(value) ? undefined : `${path} is ${value}, which JSON cannot say`;
  if (typeof value !== 'object') return `${path} is a ${typeof value}, which JSON cannot say`;
  if (!Array.isArray(value) && !isPlain(value)) return `${path} is a ${value.constructor.name}, which JSON cannot say`;
  const members = Array.isArray(value)
    ? value.map((item: unknown, index) => [`[${index}]`, item] as const)
    : Object.entries(value).flatMap(([key, item]: [string, unknown]) =>
        item === undefined ? [] : [[`.${key}`, item] as const],
      );
  for (const [step, member] of members) {
    const found = findUnsayable(member, `${path}${step}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
