import { answerOf, fieldsOf, numberOf, textOf, whole, type Fields, type View } from './view.ts';

/** Age, closing and prepared statements of connections, per database. */
export const sessionView: View = (answer, { nowMs }) => {
  const names = new Set(answer.columns.map(({ name }) => name));
  const byDatabase = new Map<string, Fields[]>();
  for (const row of fieldsOf(answer)) {
    const database = textOf(row, 'database');
    const members = byDatabase.get(database) ?? [];
    members.push(row);
    byDatabase.set(database, members);
  }
  const rows = [...byDatabase].map(([database, members]) => ({
    database,
    oldest_seconds: textOrNull(oldestSeconds(members, nowMs)),
    closing_connections: String(members.filter((row) => (numberOf(row, 'close_needed') ?? 0) > 0).length),
    prepared_statements: String(sum(members.map((row) => numberOf(row, 'prepared_statements') ?? 0))),
  }));
  const columns = [
    'database',
    ...(nowMs === undefined ? [] : ['oldest_seconds']),
    ...(names.has('close_needed') ? ['closing_connections'] : []),
    ...(names.has('prepared_statements') ? ['prepared_statements'] : []),
  ];
  return whole(answerOf(columns, rows));
};

/**
 * Now on the clock of PgBouncer, from an answer of SHOW CLIENTS: the request of a console session that was just made
 * is the latest there is. PgBouncer writes local time with a name of its zone, which cannot be read as an offset.
 */
export function nowOf(rows: readonly Fields[]): number | undefined {
  const times = rows
    .filter((row) => textOf(row, 'database') === 'pgbouncer')
    .flatMap((row) => localMs(textOf(row, 'request_time')) ?? []);
  return times.length === 0 ? undefined : Math.max(...times);
}

function oldestSeconds(rows: readonly Fields[], nowMs: number | undefined): number | undefined {
  const began = rows.flatMap((row) => localMs(textOf(row, 'connect_time')) ?? []);
  if (nowMs === undefined || began.length === 0) return undefined;
  return Math.max(0, nowMs - began.reduce((least, at) => Math.min(least, at), Infinity)) / 1000;
}

/** `2026-11-21 19:42:43 CST` as if it were UTC: only differences of such times mean anything. */
function localMs(text: string): number | undefined {
  const match = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})/u.exec(text);
  const ms = match === null ? Number.NaN : Date.parse(`${match[1] ?? ''}T${match[2] ?? ''}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

/** How long clients of a pool wait, and whether anything will serve them. */
export const queueView: View = (answer) => {
  const servers = answer.columns.map(({ name }) => name).filter((name) => name.startsWith('sv_'));
  const rows = fieldsOf(answer).map((row) => {
    const waiting = numberOf(row, 'cl_waiting');
    const held = sum(servers.map((name) => numberOf(row, name) ?? 0));
    const seconds = numberOf(row, 'maxwait');
    return {
      datname: row['database'],
      user: row['user'],
      longest_wait_seconds: textOrNull(
        seconds === undefined ? undefined : seconds + (numberOf(row, 'maxwait_us') ?? 0) / 1e6,
      ),
      stalled: textOrNull(waiting === undefined ? undefined : Number(waiting > 0 && held === 0)),
    };
  });
  return whole(answerOf(['datname', 'user', 'longest_wait_seconds', 'stalled'], rows));
};

/** SHOW USERS: empty text is "none of its own"; the users with most connections where there are too many. */
export const usersView: View = ({ columns, rows }, { limits }) => {
  const at = columns.findIndex(({ name }) => name === 'name');
  const used = columns.findIndex(({ name }) => name === 'current_connections');
  const weightOf = (row: readonly (string | null)[]): number => Number(row[used] ?? 0) || 0;
  const sorted = rows.toSorted((a, b) => weightOf(b) - weightOf(a) || ((a[at] ?? '') < (b[at] ?? '') ? -1 : 1));
  const shown = sorted.slice(0, limits.series).map((row) => row.map((value) => (value === '' ? null : value)));
  return { result: { columns, rows: shown }, collapsed: Math.max(0, rows.length - limits.series) };
};

/** SHOW DNS_HOSTS: addresses counted. */
export const dnsHostsView: View = (answer, { limits }) => {
  const rows = fieldsOf(answer).map((row) => ({
    hostname: row['hostname'],
    ttl: row['ttl'],
    addresses: String(
      textOf(row, 'addrs')
        .split(/[\s,]+/u)
        .filter((word) => word !== '').length,
    ),
  }));
  const sorted = rows.toSorted((a, b) => ((a.hostname ?? '') < (b.hostname ?? '') ? -1 : 1));
  return {
    result: answerOf(['hostname', 'ttl', 'addresses'], sorted.slice(0, limits.series)),
    collapsed: Math.max(0, rows.length - limits.series),
  };
};

/** SHOW DNS_ZONES: the first by name. */
export const dnsZonesView: View = ({ columns, rows }, { limits }) => {
  const sorted = rows.toSorted((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));
  return {
    result: { columns, rows: sorted.slice(0, limits.series) },
    collapsed: Math.max(0, rows.length - limits.series),
  };
};

function textOrNull(value: number | undefined): string | null {
  return value === undefined ? null : String(value);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
