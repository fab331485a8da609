import {
  ConnectError,
  describePgTarget,
  encryptionAttempts,
  openTransport,
  type PgTarget,
  type Transport,
} from '@pgattest/connect';
import { Client, DatabaseError, type QueryArrayResult } from 'pg';

/** A session that may write: on a scratch instance of ours, or through a service with a canary table of ours. */
export interface WriteSession {
  /** Rows of text. Values go as parameters. Errors: ConnectError. */
  query(
    sql: string,
    values?: readonly (string | null)[],
    options?: { readonly timeoutMs?: number },
  ): Promise<readonly (readonly (string | null)[])[]>;
  close(): Promise<void>;
}

export interface WriteSessionOptions {
  readonly connectTimeoutMs: number;
  readonly statementTimeoutMs: number;
  readonly applicationName: string;
  readonly signal: AbortSignal;
}

/**
 * Opens a session with libpq's meaning of sslmode; unlike the sessions of connect it is not read-only. Poolers are fine:
 * nothing but a user and a database is sent at start. Errors: ConnectError.
 */
export async function openWriteSession(target: PgTarget, options: WriteSessionOptions): Promise<WriteSession> {
  const limit = AbortSignal.any([options.signal, AbortSignal.timeout(options.connectTimeoutMs)]);
  let failure: ConnectError | undefined;
  for (const encryption of encryptionAttempts(target)) {
    let transport: Transport | undefined;
    try {
      transport = await openTransport(target, encryption, limit);
      return await start(target, transport, options, limit);
    } catch (error) {
      transport?.destroy();
      failure = toError(error, target);
      if (limit.aborted) break;
    }
  }
  throw failure ?? new ConnectError('unreachable', `cannot connect to ${describePgTarget(target)}`);
}

async function start(
  target: PgTarget,
  transport: Transport,
  options: WriteSessionOptions,
  limit: AbortSignal,
): Promise<WriteSession> {
  const { socket } = transport;
  const client = new Client({
    host: target.host,
    port: target.port,
    user: target.user,
    database: target.database,
    password: () => target.password?.reveal() ?? '',
    stream: () =>
      Object.assign(socket, {
        connect: () => {
          setImmediate(() => socket.emit('connect'));
          return socket;
        },
      }),
    ssl: false,
    sslnegotiation: 'postgres',
    application_name: options.applicationName,
    query_timeout: options.statementTimeoutMs,
    types: { getTypeParser: () => (value: string) => value },
  });
  // Without a listener a connection lost between two queries would end the process.
  client.on('error', () => undefined);
  const onAbort = (): void => transport.destroy();
  limit.addEventListener('abort', onAbort, { once: true });
  try {
    await client.connect();
  } finally {
    limit.removeEventListener('abort', onAbort);
  }
  // A drill that is stopped must not wait for a long check of its own.
  options.signal.addEventListener('abort', onAbort, { once: true });
  return {
    async query(sql, values = [], { timeoutMs } = {}) {
      try {
        const config = { text: sql, values: [...values], rowMode: 'array' as const };
        const withTimeout = timeoutMs === undefined ? config : { ...config, query_timeout: timeoutMs };
        const result: QueryArrayResult<(string | null)[]> = await client.query<(string | null)[]>(withTimeout);
        return result.rows;
      } catch (error) {
        throw toError(error, target);
      }
    },
    async close() {
      options.signal.removeEventListener('abort', onAbort);
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

/** A target on a Unix socket without a password: a scratch instance of ours. */
export const socketTarget = (socketDir: string, port: number, user: string, database: string): PgTarget => ({
  host: socketDir,
  port,
  user,
  database,
  password: undefined,
  sslMode: 'disable',
  sslRootCert: undefined,
  sslCert: undefined,
  sslKey: undefined,
  passfile: undefined,
  applicationName: undefined,
});
