import { pgbouncerKnownColumns } from '@pgattest/catalog';
import type { ResultSet } from '@pgattest/connect';

/** A number in a column that this version of the exporter does not know. */
export interface UnknownSample {
  /** `POOLS`. */
  readonly command: string;
  readonly column: string;
  /** The first columns of the row that are text, to tell rows apart: `app/monitor`. */
  readonly row: string;
  readonly value: number;
}

/** Most samples of one command. */
const mostSamples = 200;
const isName = /^[a-z_][a-z0-9_]{0,62}$/u;

/** Numbers in unknown columns of an answer; none for commands that list sockets. */
export function unknownSamples(show: string, { columns, rows }: ResultSet): readonly UnknownSample[] {
  const command = show.replace(/^SHOW /u, '');
  const known = pgbouncerKnownColumns[command];
  if (known === undefined) return [];
  const keys = columns.flatMap(({ name }, at) => (rowKeys.includes(name) ? [at] : []));
  const unknown = columns.flatMap(({ name }, at) => (known.includes(name) || !isName.test(name) ? [] : [{ name, at }]));
  const samples = rows.flatMap((row) =>
    unknown.flatMap(({ name, at }): readonly UnknownSample[] => {
      const text = row[at] ?? '';
      const value = Number(text);
      if (text.trim() === '' || !Number.isFinite(value)) return [];
      return [{ command, column: name, row: keys.map((key) => row[key] ?? '').join('/'), value }];
    }),
  );
  const seen = new Set<string>();
  const unique = samples.filter(({ column, row }) => {
    const key = JSON.stringify([column, row]);
    return seen.has(key) ? false : seen.add(key);
  });
  return unique.slice(0, mostSamples);
}

const rowKeys = ['database', 'user', 'name', 'peer_id'];
