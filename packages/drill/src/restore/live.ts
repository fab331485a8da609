import { openPgSession, resolvePgTarget, type PgSession } from '@pgattest/connect';
import { quoteName, type Canary, type RecoveryReference } from './checks/canary.ts';

/** The live cluster, which is only read. */
export interface LiveServer {
  readonly dsn: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Where the live cluster was when the drill began. */
export interface LiveState {
  /** `0/D000060` */
  readonly lsn: string;
}

/** Where the live cluster writes. Errors: ConnectError. */
export async function readLive(live: LiveServer, signal: AbortSignal): Promise<LiveState> {
  return withSession(live, undefined, signal, async (session) => {
    const sql = `SELECT (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END)::text AS lsn`;
    const [row] = await session.rows<{ lsn: string | null }>(sql, { signal });
    return { lsn: row?.lsn ?? '' };
  });
}

/** Rows that the live table had when the drill began and that were not recovered. Errors: ConnectError. */
export async function countNewerRows(
  live: LiveServer,
  canary: Canary,
  newest: string | undefined,
  beganAt: string,
  signal: AbortSignal,
): Promise<RecoveryReference> {
  const column = quoteName(canary.timeColumn);
  const newer =
    newest === undefined ? 'true' : `date_trunc('milliseconds', ${column}::timestamptz) > '${newest}'::timestamptz`;
  const sql = `
    SELECT to_char(max(${column})::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS newest,
           (count(*) FILTER (WHERE ${newer}))::text AS newer
      FROM ${quoteName(canary.schema)}.${quoteName(canary.table)}
     WHERE ${column}::timestamptz <= '${beganAt}'::timestamptz`;
  return withSession(live, canary.database, signal, async (session) => {
    const [row] = await session.rows<{ newest: string | null; newer: string }>(sql, { signal });
    return {
      name: 'live server',
      time: row?.newest ?? undefined,
      newerRows: row === undefined ? undefined : Number(row.newer),
    };
  });
}

/** Bytes of WAL from one position to a later one; 0 when it is not later, undefined when one is not known. */
export function walBytesBetween(from: string | undefined, to: string | undefined): number | undefined {
  const [start, end] = [from, to].map((text) => {
    const [, high, low] = /^([0-9A-Fa-f]+)\/([0-9A-Fa-f]+)$/.exec(text ?? '') ?? [];
    return high === undefined || low === undefined ? undefined : BigInt(`0x${high}`) * 2n ** 32n + BigInt(`0x${low}`);
  });
  if (start === undefined || end === undefined) return undefined;
  return end > start ? Number(end - start) : 0;
}

async function withSession<T>(
  live: LiveServer,
  database: string | undefined,
  signal: AbortSignal,
  work: (session: PgSession) => Promise<T>,
): Promise<T> {
  const target = await resolvePgTarget(live.dsn, { env: live.env, ...(database === undefined ? {} : { database }) });
  const options = {
    connectTimeoutMs: 10_000,
    statementTimeoutMs: 60_000,
    lockTimeoutMs: 5000,
    applicationName: 'pgattest drill',
  };
  const session = await openPgSession(target, options, signal);
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}
