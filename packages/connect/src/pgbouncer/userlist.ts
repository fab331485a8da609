/** One `"user" "secret"` of an auth_file. The secret never leaves the host it was read on. */
export interface UserlistEntry {
  readonly line: number;
  readonly user: string;
  readonly secret: string;
}

/** An auth_file as PgBouncer reads it. */
export interface Userlist {
  readonly entries: readonly UserlistEntry[];
  /** Lines it cannot read; PgBouncer stops at the first and knows nobody after it. */
  readonly brokenLines: readonly number[];
}

/** Reads userlist.txt: two quoted words a line, `""` is a quote, what follows is left aside, `;` begins a comment. */
export function parseUserlist(text: string): Userlist {
  const entries: UserlistEntry[] = [];
  const brokenLines: number[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = index + 1;
    if (/^\s*(?:;.*)?$/u.test(raw)) continue;
    const match = /^\s*"((?:[^"]|"")*)"\s+"((?:[^"]|"")*)"/u.exec(raw);
    if (match === null) brokenLines.push(line);
    else {
      const [user = '', secret = ''] = match.slice(1).map((word) => word.replaceAll('""', '"'));
      entries.push({ line, user, secret });
    }
  }
  return { entries, brokenLines };
}
