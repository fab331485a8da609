import { Client, type ClientConfig } from 'pg';
import { abortedError, onAbort, settleWithin, untilAborted, within } from '../deadline.ts';
import { ConnectError } from '../errors.ts';
import { sendCancelRequest, type CancelKey } from './cancel.ts';
import { loginConfig, scramMaxIterations } from './client-config.ts';
import { nameOfTarget } from './describe.ts';
import { sqlStateOf, toConnectError } from './errors.ts';
import { attemptConnections } from './connection-attempts.ts';
import type { PgSession, PgTarget, ResultSet, SessionOptions } from './session-api.ts';
import { createScramClient } from './scram-client.ts';
import { TextQuery } from './text-query.ts';
import type { Encryption, Transport } from './transport.ts';

/** A session as the pool sees it. */
export interface PooledPgSession extends PgSession {
  /** True while a transaction is open: such a session must not be lent to anybody else. */
  readonly inTransaction: boolean;
}

/** How long after the server's own deadline the client waits before it takes the server for hung. */
const graceMs = 500;
const cancelBoundMs = 1000;
/** Longest that PostgreSQL's and node's timers take. */
const longestMs = 2_147_483_647 - graceMs;
const goodbyeBoundMs = 500;
const idleInTransactionTimeoutMs = 60_000;
/** Largest answer taken: `pg` keeps a whole result in memory. */
const longestAnswerBytes = 64 * 1024 * 1024;

/**
 * Opens a read-only session. The guards (default_transaction_read_only, statement_timeout, lock_timeout) are in the
 * startup packet and are checked before the session is handed out; search_path, TimeZone and roles are left alone. It
 * needs PostgreSQL itself: a pooler in between drops or refuses the guards and gets `unsupported`.
 *
 * pg_settings of this session shows our values for these, also in reset_val, with source `client`.
 */
export async function openPgSession(
  target: PgTarget,
  options: SessionOptions,
  signal: AbortSignal,
): Promise<PooledPgSession> {
  const limitMs = Math.min(options.connectTimeoutMs, target.connectTimeoutMs ?? longestMs, longestMs);
  const late = `cannot connect to ${nameOfTarget(target)}: no session within ${limitMs} ms`;
  return within(limitMs, late, signal, (both) =>
    attemptConnections(
      target,
      both,
      (transport) => startSession(target, options, transport, both),
      options.logins?.tlsContexts,
    ),
  );
}

async function startSession(
  target: PgTarget,
  options: SessionOptions,
  transport: Transport,
  signal: AbortSignal,
): Promise<PooledPgSession> {
  const config = clientConfig(target, options, transport);
  const { logins } = options;
  const client =
    logins === undefined
      ? new Client(config)
      : createScramClient(config, logins.scramKeys, scramMaxIterations, transport.tls);
  const session = new Session(client, target, options, transport);
  const what = `cannot connect to ${nameOfTarget(target)}`;
  try {
    await untilAborted(client.connect(), signal, what);
    await session.checkGuards(signal);
    return session;
  } catch (error) {
    transport.destroy();
    throw toConnectError(error, what);
  }
}

function clientConfig(target: PgTarget, options: SessionOptions, transport: Transport): ClientConfig {
  const switches = [
    target.options,
    '-c default_transaction_read_only=on',
    '-c client_encoding=UTF8',
    '-c DateStyle=ISO',
    '-c IntervalStyle=postgres',
    '-c extra_float_digits=3',
  ];
  return {
    ...loginConfig(target, transport, options.applicationName),
    enableChannelBinding: transport.tls !== undefined,
    statement_timeout: Math.min(Math.ceil(options.statementTimeoutMs), longestMs),
    lock_timeout: Math.ceil(options.lockTimeoutMs),
    options: switches.filter((word) => word !== undefined).join(' '),
  };
}

class Session implements PooledPgSession {
  versionNum = 0;
  readonly #client: Client;
  readonly #target: PgTarget;
  readonly #options: SessionOptions;
  readonly #transport: Transport;
  readonly #name: string;
  #usable = true;
  /** What the server's statement_timeout is; undefined while that is not certain. */
  #statementTimeoutMs: number | undefined;
  #answerBytes = 0;
  /** What runs or waits last; a query that comes meanwhile waits for it. */
  #turn: Promise<unknown> | undefined;
  #abandon: ((error: ConnectError) => void) | undefined;
  #cleanup: Promise<void> | undefined;

  constructor(client: Client, target: PgTarget, options: SessionOptions, transport: Transport) {
    this.#client = client;
    this.#target = target;
    this.#options = options;
    this.#transport = transport;
    this.#name = nameOfTarget(target);
    this.#statementTimeoutMs = Math.min(Math.ceil(options.statementTimeoutMs), longestMs);
    // Without a listener a connection lost between two queries would end the process.
    client.on('error', () => {
      this.#usable = false;
    });
    client.on('end', () => {
      this.#usable = false;
    });
    transport.socket.on('data', (chunk: Buffer) => {
      this.#answerBytes += chunk.length;
      if (this.#answerBytes <= longestAnswerBytes) return;
      const message = `query failed on ${this.#name}: the answer has more than ${longestAnswerBytes / 1024 / 1024} MiB`;
      this.#abandon?.(new ConnectError('invalid_data', message));
    });
  }

  get usable(): boolean {
    return this.#usable;
  }

  get inTransaction(): boolean {
    return this.#client.getTransactionStatus() !== 'I';
  }

  /** The first query: the version, and proof that the guards of the startup packet arrived. */
  async checkGuards(signal: AbortSignal): Promise<void> {
    // The one guard that only matters to others' SQL is set here, so that pg_settings.reset_val keeps the server's own.
    const [row] = await this.rows<{ version: string; guarded: string; timeout: string | null }>(
      `SELECT current_setting('server_version_num') AS version,
              current_setting('default_transaction_read_only') AS guarded,
              CASE WHEN current_setting('default_transaction_read_only') = 'on'
                   THEN set_config('idle_in_transaction_session_timeout', '${idleInTransactionTimeoutMs}', false)
              END AS timeout`,
      { signal },
    );
    if (row?.guarded !== 'on') {
      throw new ConnectError(
        'unsupported',
        `cannot connect to ${this.#name}: the session is not read-only although asked for; something between drops startup options, connect to PostgreSQL directly`,
      );
    }
    this.versionNum = Number(row.version);
  }

  async query(
    sql: string,
    { signal, timeoutMs }: { readonly signal: AbortSignal; readonly timeoutMs?: number },
  ): Promise<ResultSet> {
    const what = `query failed on ${this.#name}`;
    const before = this.#turn;
    const result =
      before === undefined
        ? this.#run(sql, signal, timeoutMs, what)
        : before.then(() => this.#run(sql, signal, timeoutMs, what));
    const turn = result.then(nothing, nothing);
    this.#turn = turn;
    try {
      // A query that runs watches the signal itself.
      return await (before === undefined ? result : untilAborted(result, signal, what));
    } finally {
      if (this.#turn === turn) this.#turn = undefined;
    }
  }

  async rows<Row extends Readonly<Record<string, string | null>>>(
    sql: string,
    options: { readonly signal: AbortSignal; readonly timeoutMs?: number },
  ): Promise<readonly Row[]> {
    const { columns, rows } = await this.query(sql, options);
    return rows.map((row) => {
      const entries = columns.map(({ name }, index) => [name, row[index] ?? null] as const);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the caller names the columns of its own SQL
      return Object.fromEntries(entries) as Row;
    });
  }

  async close(): Promise<void> {
    this.#abandon?.(new ConnectError('aborted', `query failed on ${this.#name}: the session was closed`));
    if (this.#usable) {
      this.#usable = false;
      // A hung server does not answer the goodbye; the socket goes either way.
      await settleWithin(this.#client.end(), goodbyeBoundMs);
    }
    await this.#cleanup;
    this.#transport.destroy();
  }

  async #run(sql: string, signal: AbortSignal, timeoutMs: number | undefined, what: string): Promise<ResultSet> {
    if (!this.#usable) throw new ConnectError('unreachable', `${what}: the session is gone`);
    if (signal.aborted) throw abortedError(signal, what);
    const ownMs = this.#options.statementTimeoutMs > 0 ? this.#options.statementTimeoutMs : undefined;
    const wantedMs = Math.ceil(Math.min(timeoutMs ?? Number.POSITIVE_INFINITY, ownMs ?? Number.POSITIVE_INFINITY));
    const limitMs = Number.isFinite(wantedMs) ? Math.min(wantedMs, longestMs) : 0;
    // A round trip of its own, some 0.1 ms on loopback and only on change. "SET …; SELECT …" in one message measured no
    // faster, and before PostgreSQL 13 the timer of the message is running already when it comes to the SET.
    if (limitMs !== this.#statementTimeoutMs) {
      this.#statementTimeoutMs = undefined;
      await this.#send(`SET statement_timeout = ${limitMs}`, signal, limitMs, what);
      // A SET inside a transaction is undone by its rollback.
      if (!this.inTransaction) this.#statementTimeoutMs = limitMs;
    }
    return this.#send(sql, signal, limitMs, what);
  }

  async #send(sql: string, signal: AbortSignal, limitMs: number, what: string): Promise<ResultSet> {
    const startedMs = performance.now();
    this.#answerBytes = 0;
    const query = new TextQuery(sql);
    this.#abandon = (error): void => {
      this.#abandon = undefined;
      this.#giveUp();
      query.fail(error);
    };
    let isAnswered = false;
    // A process that was held up itself reads what has come meanwhile before it blames the server.
    const tooLate = (): void => {
      setImmediate(() => {
        if (isAnswered) return;
        this.#abandon?.(new ConnectError('timeout', `${what}: no answer within ${limitMs} ms, is the server hung?`));
      });
    };
    const timer = limitMs > 0 ? setTimeout(tooLate, limitMs + graceMs) : undefined;
    const forget = onAbort(signal, () => this.#abandon?.(abortedError(signal, what)));
    try {
      this.#client.query(query);
      return await query.answer;
    } catch (error) {
      // FATAL and PANIC end the session, and so does everything that is not an answer of the server.
      if (sqlStateOf(error) === undefined || isFatal(error)) this.#usable = false;
      const failure = toConnectError(error, what);
      // The server cancels for its deadline and for an administrator with the same SQLSTATE.
      const early = failure.sqlState === '57014' && performance.now() - startedMs < limitMs / 2;
      throw early ? new ConnectError('aborted', failure.message, { cause: error, sqlState: '57014' }) : failure;
    } finally {
      isAnswered = true;
      this.#abandon = undefined;
      clearTimeout(timer);
      forget();
    }
  }

  /** Leaves no query running: asks the server to cancel it, then drops the socket. */
  #giveUp(): void {
    this.#usable = false;
    const key = cancelKeyOf(this.#client);
    const encryption: Encryption = this.#transport.tls === undefined ? 'plain' : 'tls';
    const cancelled =
      key === undefined ? Promise.resolve() : sendCancelRequest(this.#target, encryption, key, cancelBoundMs);
    this.#cleanup = cancelled.finally(() => {
      this.#transport.destroy();
    });
  }
}

function isFatal(error: unknown): boolean {
  return error instanceof Error && 'severity' in error && (error.severity === 'FATAL' || error.severity === 'PANIC');
}

/** `pg` keeps both numbers without declaring them. */
function cancelKeyOf(client: Client): CancelKey | undefined {
  const processId: unknown = Reflect.get(client, 'processID');
  const secretKey: unknown = Reflect.get(client, 'secretKey');
  return typeof processId === 'number' && typeof secretKey === 'number' ? { processId, secretKey } : undefined;
}

function nothing(): void {}
