import { Client, type QueryArrayResult } from 'pg';
import { onAbort, settleWithin, untilAborted, within } from '../deadline.ts';
import { loginConfig } from './client-config.ts';
import { nameOfTarget } from './describe.ts';
import { ConnectError } from '../errors.ts';
import { toConnectError } from './errors.ts';
import { attemptConnections } from './connection-attempts.ts';
import type { PgTarget } from './session-api.ts';
import type { Transport } from './transport.ts';

/** A value of a statement: text, a number, bytes for a bytea, or NULL. */
export type SqlValue = string | number | Buffer | null;

/** A session that may write. */
export interface WriteSession {
  /**
   * Rows of the server's text, and how many rows the statement touched. After `timeoutMs` nobody waits any longer; the
   * server is not told, so close the session. Errors: ConnectError.
   */
  query(
    sql: string,
    values?: readonly SqlValue[],
    options?: { readonly timeoutMs?: number },
  ): Promise<{ readonly rows: readonly (readonly (string | null)[])[]; readonly count: number }>;
  close(): Promise<void>;
}

export interface WriteSessionOptions {
  readonly connectTimeoutMs: number;
  /** Longest wait for a statement that names no time of its own. */
  readonly statementTimeoutMs: number;
  readonly applicationName: string;
  /** Ends the session, also in the middle of a statement; left out, only close() does. */
  readonly endedBy?: AbortSignal;
}

const goodbyeBoundMs = 1000;

/**
 * Opens a session on a database of ours: evidence, a scratch instance, a canary table of a drill. It is no way to look at
 * an observed system: that is openPgSession. Poolers are fine, as nothing but user, database and application_name (and
 * the target's own `options`) is sent at start. Errors: ConnectError.
 */
export async function openWriteSession(
  target: PgTarget,
  options: WriteSessionOptions,
  signal: AbortSignal,
): Promise<WriteSession> {
  const what = `cannot connect to ${nameOfTarget(target)}`;
  const limitMs = Math.min(options.connectTimeoutMs, target.connectTimeoutMs ?? Infinity);
  return within(limitMs, `${what}: no session within ${limitMs} ms`, signal, (both) =>
    attemptConnections(target, both, (transport) => login(target, transport, options, both, what)),
  );
}

async function login(
  target: PgTarget,
  transport: Transport,
  options: WriteSessionOptions,
  signal: AbortSignal,
  what: string,
): Promise<WriteSession> {
  const client = new Client({
    ...loginConfig(target, transport, options.applicationName),
    ...(target.options === undefined ? {} : { options: target.options }),
    query_timeout: options.statementTimeoutMs,
    types: { getTypeParser: () => (value: string) => value },
  });
  // Without a listener a connection lost between two queries would end the process.
  client.on('error', () => undefined);
  try {
    await untilAborted(client.connect(), signal, what);
  } catch (error) {
    transport.destroy();
    throw toConnectError(error, what);
  }
  const { endedBy } = options;
  const forget = endedBy === undefined ? undefined : onAbort(endedBy, () => transport.destroy());
  if (endedBy?.aborted === true) transport.destroy();
  return {
    async query(sql, values = [], { timeoutMs = options.statementTimeoutMs } = {}) {
      const config = { text: sql, values: [...values], rowMode: 'array' as const, query_timeout: timeoutMs };
      try {
        const result: QueryArrayResult<(string | null)[]> = await client.query<(string | null)[]>(config);
        return { rows: result.rows, count: result.rowCount ?? 0 };
      } catch (error) {
        throw toQueryError(error, `query failed on ${nameOfTarget(target)}`, timeoutMs);
      }
    },
    async close() {
      forget?.();
      await settleWithin(client.end(), goodbyeBoundMs);
      transport.destroy();
    },
  };
}

/** `pg` tells a deadline of its own by its words alone. */
function toQueryError(error: unknown, what: string, timeoutMs: number): ConnectError {
  const isLate = error instanceof Error && error.message === 'Query read timeout';
  if (isLate) return new ConnectError('timeout', `${what}: no answer within ${timeoutMs} ms`, { cause: error });
  return toConnectError(error, what);
}
