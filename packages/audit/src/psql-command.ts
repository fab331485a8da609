import type { Subject } from './inventory/subjects.ts';

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

/**
 * Fills the places of a shell evidence: `{host}` and `{port}` with the subject's address, quoted, IPv6 with its brackets;
 * `{psql}` with psql up to its `-c`, any other `{place}` with the subject's place of that name. Braces that name no place
 * stay as they are.
 */
export function shellCommand(shell: string, { connect, places }: Pick<Subject, 'connect' | 'places'>): string {
  return shell.replaceAll(/\{([a-z]+)\}/gu, (whole, name: string) => {
    const place = places?.[name];
    if (place !== undefined) return place;
    if (name === 'psql' && connect !== undefined) return `psql -X -At ${shellQuote(connect)}`;
    const value = connectKeyword(connect ?? '', name);
    if (name === 'host') return shellWord(bracketed(value ?? 'localhost'));
    return name === 'port' ? shellWord(value ?? '5432') : whole;
  });
}

const bracketed = (host: string): string => (host.includes(':') && !host.startsWith('/') ? `[${host}]` : host);

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

/** A word for a POSIX shell, quoted where it must be. */
export const shellWord = (word: string): string => (/^[\w./:@=-]+$/u.test(word) ? word : shellQuote(word));
