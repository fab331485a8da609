import { open } from 'node:fs/promises';
import { Secret } from '../secret.ts';

/** What a password file is asked about; `hosts` are the names it may know the host by. */
export interface PassfileQuery {
  readonly hosts: readonly string[];
  readonly port: number;
  readonly database: string;
  readonly user: string;
}

/** A password, or why the file was left aside; neither when it has no line for this connection or does not exist. */
export interface PassfileAnswer {
  readonly password: Secret | undefined;
  readonly note: string | undefined;
}

/** What a password file says, or why it was left aside; neither when it does not exist. */
export interface PassfileText {
  readonly text: string | undefined;
  readonly note: string | undefined;
}

/** Reads a password file as libpq does: one that others may read is left aside (PostgreSQL docs 32.16). */
export async function readPassfile(path: string): Promise<PassfileText> {
  try {
    const file = await open(path, 'r');
    try {
      const status = await file.stat();
      if (!status.isFile()) return { text: undefined, note: `${path} was ignored: it is not a plain file` };
      if ((status.mode & 0o077) !== 0) {
        const mode = (status.mode & 0o777).toString(8).padStart(4, '0');
        const note = `${path} was ignored: its mode is ${mode}, group or others may use it; run chmod 0600 ${path}`;
        return { text: undefined, note };
      }
      return { text: await file.readFile('utf8'), note: undefined };
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { text: undefined, note: undefined };
    return { text: undefined, note: `${path} was ignored: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Looks a connection up in what a password file says. */
export function askPassfile({ text, note }: PassfileText, query: PassfileQuery): PassfileAnswer {
  const found = text === undefined ? undefined : findPassword(text, query);
  return { password: found === undefined ? undefined : new Secret(found), note };
}

/** The password of the first line `host:port:database:user:password` that matches; `*` matches anything, `\` escapes. */
export function findPassword(text: string, query: PassfileQuery): string | undefined {
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('#')) continue;
    // The four fields; what follows is the password, in which only escapes matter.
    const match = /^((?:[^:\\]|\\.)*):((?:[^:\\]|\\.)*):((?:[^:\\]|\\.)*):((?:[^:\\]|\\.)*):(.*)$/s.exec(line);
    if (match === null) continue;
    const [, host = '', port = '', database = '', user = '', password = ''] = match;
    const matches =
      query.hosts.some((name) => matchesField(host, name)) &&
      matchesField(port, String(query.port)) &&
      matchesField(database, query.database) &&
      matchesField(user, query.user);
    if (matches && password !== '') return unescapeField(password);
  }
  return undefined;
}

function matchesField(field: string, value: string): boolean {
  return field === '*' || unescapeField(field) === value;
}

function unescapeField(field: string): string {
  return field.replaceAll(/\\(.)/gs, '$1');
}
