import { ConnectError } from '../errors.ts';

/** One `key = value` of pgbouncer.ini. */
export interface IniEntry {
  readonly line: number;
  readonly key: string;
  readonly value: string;
}

/** A database or user of pgbouncer.ini with its connection options: `host`, `port`, `dbname`, `pool_size`. */
export interface PgbouncerEntry {
  readonly line: number;
  /** `*` is whatever is not named. */
  readonly name: string;
  /** A password reads `***`. */
  readonly options: Readonly<Record<string, string>>;
}

/** pgbouncer.ini without its secrets. A key given twice has its last value, as PgBouncer takes it. */
export interface PgbouncerIni {
  readonly settings: readonly IniEntry[];
  readonly databases: readonly PgbouncerEntry[];
  readonly users: readonly PgbouncerEntry[];
  readonly peers: readonly PgbouncerEntry[];
  /** Files of `%include`, as they are written. Their content is not here. */
  readonly includes: readonly string[];
}

const entrySections = ['databases', 'users', 'peers'] as const;

/**
 * Reads pgbouncer.ini of 1.8 to 1.25. Errors: invalid_data naming file and line. The line itself is not shown: it may
 * hold a password.
 */
export function parsePgbouncerIni(text: string, name = 'pgbouncer.ini'): PgbouncerIni {
  const settings: IniEntry[] = [];
  const entries = { databases: [] as PgbouncerEntry[], users: [] as PgbouncerEntry[], peers: [] as PgbouncerEntry[] };
  const includes: string[] = [];
  let section: string | undefined;
  for (const [index, raw] of text.split('\n').entries()) {
    const line = index + 1;
    const refuse = (problem: string): ConnectError =>
      new ConnectError('invalid_data', `${name} line ${line}: ${problem}`);
    const trimmed = raw.trim();
    if (trimmed === '' || /^[;#]/u.test(trimmed)) continue;
    const include = /^%include\s+(.+)$/u.exec(trimmed)?.[1];
    if (include !== undefined) {
      includes.push(include);
      continue;
    }
    const header = /^\[([^\]]*)\]$/u.exec(trimmed)?.[1];
    if (header !== undefined) {
      section = header;
      continue;
    }
    const pair = /^(?:"((?:[^"]|"")*)"|([\w.*-]+))\s*=\s*(.*)$/u.exec(trimmed);
    if (pair === null) throw refuse('it is neither a [section] nor key = value');
    const key = pair[1]?.replaceAll('""', '"') ?? pair[2] ?? '';
    const value = pair[3] ?? '';
    if (section === 'pgbouncer') settings.push({ line, key, value });
    else {
      const kind = entrySections.find((known) => known === section);
      if (kind === undefined)
        throw refuse(
          section === undefined ? 'it stands before the first [section]' : `[${section}] is no section of PgBouncer`,
        );
      const options = parseOptions(value);
      if (options === undefined) throw refuse(`the options of "${key}" are not name=value, separated by blanks`);
      entries[kind].push({ line, name: key, options });
    }
  }
  return { settings, ...entries, includes };
}

/** Last value of a setting; undefined where the file does not set it. */
export const findIniSetting = ({ settings }: PgbouncerIni, key: string): IniEntry | undefined =>
  settings.findLast((entry) => entry.key === key);

/** `host=a port=5432 password='it''s'`; undefined when it is not of that shape. */
function parseOptions(text: string): Readonly<Record<string, string>> | undefined {
  const options: Record<string, string> = {};
  const pair = /\s*(\w+)\s*=\s*(?:'((?:[^']|'')*)'|([^\s']\S*)?)(?=\s|$)/uy;
  while (pair.lastIndex < text.length) {
    const match = pair.exec(text);
    if (match === null) return undefined;
    const key = match[1] ?? '';
    const value = match[2]?.replaceAll("''", "'") ?? match[3] ?? '';
    options[key] = key === 'password' ? '***' : value;
  }
  return options;
}
