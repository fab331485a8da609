/** One record of the server's log, with what could be told of who, where and what. Empty texts are absent. */
export interface LogRecord {
  readonly time?: string;
  readonly user?: string;
  readonly database?: string;
  /** Address of the client, or `[local]`. */
  readonly source?: string;
  readonly severity?: string;
  readonly message: string;
}

export type LogFormat = 'csvlog' | 'jsonlog' | 'stderr';

/** Complete records of a part of a log that may begin and end in the middle of one. */
export function parseLogRecords(format: LogFormat, text: string, prefix: string): readonly LogRecord[] {
  if (format === 'jsonlog') return text.split('\n').flatMap(jsonRecord);
  return format === 'csvlog' ? csvRecords(text) : stderrRecords(text, prefix);
}

const filled = (entries: Readonly<Record<string, unknown>>): Omit<LogRecord, 'message'> =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => typeof value === 'string' && value !== ''));

function jsonRecord(line: string): readonly LogRecord[] {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    // The first and the last line of a part are cut.
    return [];
  }
  if (typeof value !== 'object' || value === null) return [];
  const fields: Readonly<Record<string, unknown>> = { ...value };
  const { timestamp: time, user, dbname: database, remote_host: source, error_severity: severity, message } = fields;
  return typeof message === 'string' ? [{ ...filled({ time, user, database, source, severity }), message }] : [];
}

/** A record begins with its time (PostgreSQL docs 19.8.4); a field in quotes may hold newlines. */
function csvRecords(text: string): readonly LogRecord[] {
  const start = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} [^",\n]{1,40},/mu.exec(text)?.index;
  if (start === undefined) return [];
  return csvRows(text.slice(start)).flatMap((row) => {
    const [time, user, database, , source, , , , , , , severity, , message] = row;
    return message === undefined ? [] : [{ ...filled({ time, user, database, source, severity }), message }];
  });
}

function csvRows(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/guy;
  for (let match = field.exec(text); match !== null; match = field.exec(text)) {
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

const fieldOfEscape: Readonly<Record<string, string>> = {
  m: String.raw`(?<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} \S+)`,
  t: String.raw`(?<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S+)`,
  n: String.raw`(?<time>\d+\.\d{3})`,
  u: '(?<user>[^\\n]*?)',
  d: '(?<database>[^\\n]*?)',
  h: String.raw`(?<source>[\w.:[\]-]*)`,
  r: String.raw`(?<source>[\w.:[\]()-]*)`,
};

/**
 * A regular expression for lines with this log_line_prefix. What follows `%q` is missing in processes without a session.
 */
export function prefixPattern(prefix: string): RegExp {
  const named = new Set<string>();
  const pattern = prefix.replaceAll(
    /%-?\d*(.)|([^%]+)/gsu,
    (whole, escape: string | undefined, plain: string | undefined) => {
      if (escape === undefined) return (plain ?? '').replaceAll(/[$()*+.?[\\\]^{|}]/gu, String.raw`\$&`);
      if (escape === '%') return '%';
      if (escape === 'q') return '(?:';
      const field = fieldOfEscape[escape] ?? '[^\\n]*?';
      const name = /\?<(\w+)>/u.exec(field)?.[1] ?? '';
      if (name !== '' && named.has(name)) return '[^\\n]*?';
      named.add(name);
      return whole.length > 2 ? ` *${field} *` : field;
    },
  );
  const isOptional = /(?<!%)(?:%%)*%q/u.test(prefix);
  return new RegExp(`^${pattern}${isOptional ? ')?' : ''}(?<severity>[A-Z]+[0-9]?): +(?<message>[^\\n]*)`, 'gmu');
}

function stderrRecords(text: string, prefix: string): readonly LogRecord[] {
  return [...text.matchAll(prefixPattern(prefix))].map(({ groups = {} }) => {
    const { message = '', ...rest } = groups;
    return { ...filled(rest), message };
  });
}
