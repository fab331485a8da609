/** Quotes one word for a POSIX shell: `it's` becomes `'it'\''s'`. */
export const shellQuote = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`;

/**
 * The shell command that repeats a statement: unaligned, tuples only, no psqlrc, so that it prints values alone.
 * `connect` is a libpq keyword string; `database` replaces the one it names.
 */
export function psqlCommand(sql: string, connect: string | undefined, database?: string): string {
  const base = `psql -X -At -c ${shellQuote(sql)}`;
  const where = database === undefined ? connect : inDatabase(connect ?? '', database);
  return where === undefined ? base : `${base} ${shellQuote(where)}`;
}

/** Fills `{host}` and `{port}` of a shell evidence with the instance's address, quoted; IPv6 gets its brackets. */
export function shellCommand(shell: string, connect: string | undefined): string {
  const host = connectKeyword(connect ?? '', 'host') ?? 'localhost';
  const port = connectKeyword(connect ?? '', 'port') ?? '5432';
  const address = host.includes(':') && !host.startsWith('/') ? `[${host}]` : host;
  return shell.replaceAll('{host}', () => shellWord(address)).replaceAll('{port}', () => shellWord(port));
}

/** One keyword of a libpq connection string, unquoted: value in `'…'` with backslash escapes, or up to white space. */
export function connectKeyword(connect: string, keyword: string): string | undefined {
  for (const [, name, quoted, bare] of connect.matchAll(keywordPair)) {
    if (name === keyword) return (quoted ?? bare ?? '').replaceAll(/\\(.)/gsu, '$1');
  }
  return undefined;
}

const keywordPair = /(\w+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s'\\]|\\.)*))/gsu;

function inDatabase(connect: string, database: string): string {
  const others = [...connect.matchAll(keywordPair)].filter(([, name]) => name !== 'dbname').map(([pair]) => pair);
  const value = /^[\w.-]+$/u.test(database) ? database : `'${database.replaceAll(/['\\]/gu, String.raw`\$&`)}'`;
  return [...others, `dbname=${value}`].join(' ');
}

const shellWord = (word: string): string => (/^[\w.-]+$/u.test(word) ? word : shellQuote(word));
