/** One rule of an auth_hba_file, in the words of the file. */
export interface HbaFileRule {
  readonly line: number;
  /** local, host, hostssl, hostnossl. */
  readonly type: string;
  readonly databases: readonly string[];
  readonly users: readonly string[];
  /** `10.0.0.0/8`, `all`; null on local. */
  readonly address: string | null;
  /** Where the mask is a word of its own. */
  readonly mask: string | null;
  readonly method: string;
  readonly options: readonly string[];
}

export interface HbaFile {
  readonly rules: readonly HbaFileRule[];
  /** Lines that are no rule. */
  readonly brokenLines: readonly number[];
}

/** Reads the rules of PgBouncer's auth_hba_file, which has the form of pg_hba.conf (no includes, no continued lines). */
export function parseHbaFile(text: string): HbaFile {
  const rules: HbaFileRule[] = [];
  const brokenLines: number[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = index + 1;
    const fields = splitFields(raw);
    if (fields !== undefined && fields.length === 0) continue;
    const rule = fields === undefined ? undefined : findRule(line, fields);
    if (rule === undefined) brokenLines.push(line);
    else rules.push(rule);
  }
  return { rules, brokenLines };
}

function findRule(line: number, fields: readonly (readonly string[])[]): HbaFileRule | undefined {
  const [type, databases, users, ...rest] = fields;
  if (type?.length !== 1 || databases === undefined || users === undefined) return undefined;
  const [kind = ''] = type;
  if (!/^(?:local|host|hostssl|hostnossl)$/u.test(kind)) return undefined;
  const words = rest.map((field) => field.join(','));
  const address = kind === 'local' ? undefined : words.shift();
  const mask =
    address !== undefined && /^[\d.]+$|:/u.test(words[0] ?? '') && !address.includes('/') ? words.shift() : undefined;
  const [method, ...options] = words;
  if (method === undefined || (kind !== 'local' && address === undefined)) return undefined;
  return { line, type: kind, databases, users, address: address ?? null, mask: mask ?? null, method, options };
}

/** Fields between blanks, each a list between commas; `"…"` protects both. Undefined when a quote is open. */
function splitFields(line: string): readonly (readonly string[])[] | undefined {
  const fields: string[][] = [];
  const token = /\s+|#.*|,|"((?:[^"]|"")*)"|([^\s,"#]+)/uy;
  let joins = false;
  while (token.lastIndex < line.length) {
    const match = token.exec(line);
    if (match === null) return undefined;
    const [text, quoted, plain] = match;
    const word = quoted?.replaceAll('""', '"') ?? plain;
    if (word !== undefined) {
      if (joins) fields.at(-1)?.push(word);
      else fields.push([word]);
      joins = false;
    } else if (text === ',') joins = fields.length > 0;
  }
  return fields;
}
