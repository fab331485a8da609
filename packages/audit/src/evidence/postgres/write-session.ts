import {
  ConnectError,
  describePgTarget,
  encryptionAttempts,
  openTransport,
  type PgTarget,
  type Transport,
} from '@pgattest/connect';
import { Client, DatabaseError, type QueryArrayResult } from 'pg';

/** A value of a statement: text, or bytes for a bytea. */
export type SqlValue = string | number | Buffer;

/**
 * A session on the auditor's own evidence database, the one place of this package that writes to a PostgreSQL. It is never
 * given a target of the clusters that are audited: those are reached through connect, whose sessions are read-only.
 */
export interface WriteSession {
  /** Rows of text. Errors: ConnectError. */
  readonly query: (
    sql: string,
    values?: readonly SqlValue[],
  ) => Promise<{ readonly rows: readonly (readonly (string | null)[])[]; readonly count: number }>;
  readonly close: () => Promise<void>;
}

const connectTimeoutMs = 15_000;
const statementTimeoutMs = 60_000;

/** Opens a session with libpq's meaning of sslmode. Errors: ConnectError. */
export async function openWriteSession(target: PgTarget, signal: AbortSignal): Promise<WriteSession> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(connectTimeoutMs)]);
  let failure: ConnectError | undefined;
  for (const encryption of encryptionAttempts(target)) {
    let transport: Transport | undefined;
    try {
      transport = await openTransport(target, encryption, limit);
      return await start(target, transport, limit);
    } catch (error) {
      transport?.destroy();
      failure = toError(error, target);
      if (limit.aborted) break;
    }
  }
  throw failure ?? new ConnectError('unreachable', `cannot connect to ${describePgTarget(target)}`);
}

async function start(target: PgTarget, transport: Transport, limit: AbortSignal): Promise<WriteSession> {
  const { socket } = transport;
  const client = new Client({
    host: target.host,
    port: target.port,
    user: target.user,
    database: target.database,
    password: () => target.password?.reveal() ?? '',
    // The transport has negotiated TLS with libpq's rules; `pg` insists on connecting its stream itself.
    stream: () =>
      Object.assign(socket, {
        connect: () => {
          setImmediate(() => socket.emit('connect'));
          return socket;
        },
      }),
    ssl: false,
    sslnegotiation: 'postgres',
    application_name: 'pgattest_evidence',
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + 5000,
    types: { getTypeParser: () => (value: string) => value },
  });
  // Without a listener a connection lost between two queries would end the process.
  client.on('error', () => undefined);
  const onAbort = (): void => transport.destroy();
  limit.addEventListener('abort', onAbort, { once: true });
  try {
    await client.connect();
    // A database that acknowledges before it wrote would lose completed runs.
    await client.query('SET synchronous_commit TO on');
  } finally {
    limit.removeEventListener('abort', onAbort);
  }
  return {
    async query(sql, values = []) {
      try {
        const config = { text: sql, values: [...values], rowMode: 'array' as const };
        const result: QueryArrayResult<(string | null)[]> = await client.query<(string | null)[]>(config);
        return { rows: result.rows, count: result.rowCount ?? 0 };
      } catch (error) {
        throw toError(error, target);
      }
    },
    async close() {
      const bound = setTimeout(() => transport.destroy(), 1000);
      await client.end().catch(() => undefined);
      clearTimeout(bound);
      transport.destroy();
    },
  };
}

function toError(error: unknown, target: PgTarget): ConnectError {
  if (error instanceof ConnectError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const sqlState = error instanceof DatabaseError ? error.code : undefined;
  const code = sqlState === undefined ? (/timeout/i.test(message) ? 'timeout' : 'unreachable') : 'query_failed';
  return new ConnectError(code, `${describePgTarget(target)}: ${message}`, { cause: error, sqlState });
}
