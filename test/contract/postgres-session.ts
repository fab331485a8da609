import { openPgSession, resolvePgTarget, withDatabase, type PgSession, type ResultSet } from '@pgattest/connect';

const deadlineMs = 60_000;

/** What the sessions of the tests call themselves. */
export const applicationName = 'pgattest contract test';

/** Ends a statement that hangs. */
export const within = (): AbortSignal => AbortSignal.timeout(deadlineMs);

/** A session as the exporter has them, read-only, on one of the server's databases. */
export async function openSession(dsn: string, database?: string): Promise<PgSession> {
  const target = await resolvePgTarget(dsn, { env: {} });
  const options = {
    connectTimeoutMs: deadlineMs,
    statementTimeoutMs: deadlineMs,
    // Short: a query of ours that waits for a lock must fail the test.
    lockTimeoutMs: 5000,
    applicationName,
  };
  return openPgSession(database === undefined ? target : withDatabase(target, database), options, within());
}

/** A row as the server's text by column. */
export type Row = Readonly<Record<string, string | null>>;

/** Rows of a result; none of no result. */
export function rowsOf(result: ResultSet | undefined): readonly Row[] {
  return (result?.rows ?? []).map((row) =>
    Object.fromEntries(result?.columns.map((column, at) => [column.name, row[at] ?? null]) ?? []),
  );
}

/** Runs one statement on a session of its own. */
export async function ask(dsn: string, sql: string, database?: string): Promise<ResultSet> {
  const session = await openSession(dsn, database);
  try {
    return await session.query(sql, { signal: within() });
  } finally {
    await session.close();
  }
}
