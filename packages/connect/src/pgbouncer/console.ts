import { Client, type ClientConfig, type QueryArrayResult } from 'pg';
import { abortedError, onAbort, settleWithin, untilAborted, within } from '../deadline.ts';
import { ConnectError } from '../errors.ts';
import { loginConfig } from '../postgres/client-config.ts';
import { nameOfTarget } from '../postgres/describe.ts';
import { sqlStateOf } from '../postgres/errors.ts';
import type { PgTarget, ResultSet } from '../postgres/session-api.ts';
import { encryptionAttempts, openTransport, type Transport } from '../postgres/transport.ts';
import type { ConsoleOptions, PgbouncerConsole } from './console-api.ts';
import { toConsoleError } from './console-errors.ts';
import { checkShowCommand } from './show-command.ts';
import { parsePgbouncerVersion } from './version.ts';

type TextRow = (string | null)[];

const goodbyeBoundMs = 500;
const longestAnswerBytes = 64 * 1024 * 1024;

/**
 * Opens a session on the admin console. Only user, database, client_encoding and application_name are in the startup
 * packet, as PgBouncer refuses what it does not know, and nothing is ever SET. Errors: unreachable, timeout, auth_failed,
 * permission_denied (neither in admin_users nor in stats_users), tls_failed, unsupported (a PostgreSQL server instead of
 * PgBouncer), config_invalid, too_many_connections, aborted.
 */
export async function openPgbouncerConsole(
  target: PgTarget,
  options: ConsoleOptions,
  signal: AbortSignal,
): Promise<PgbouncerConsole> {
  const what = `cannot open the console ${nameOfTarget(target)}`;
  const limitMs = Math.min(options.connectTimeoutMs, target.connectTimeoutMs ?? Infinity);
  return within(limitMs, `${what}: no session within ${limitMs} ms; is PgBouncer hung?`, signal, (both) =>
    attemptAll(target, options, both, what),
  );
}

/** libpq's meaning of sslmode: `prefer` goes on without TLS where it fails, `allow` with TLS where it is asked for. */
async function attemptAll(
  target: PgTarget,
  options: ConsoleOptions,
  signal: AbortSignal,
  what: string,
): Promise<PgbouncerConsole> {
  let failure = new ConnectError('unreachable', what);
  for (const encryption of encryptionAttempts(target)) {
    try {
      const transport = await openTransport(target, encryption, signal);
      return await login(target, options, transport, signal, what);
    } catch (error) {
      failure = toConsoleError(error, what);
      if (failure.code !== 'tls_failed' || signal.aborted) throw failure;
    }
  }
  throw failure;
}

async function login(
  target: PgTarget,
  options: ConsoleOptions,
  transport: Transport,
  signal: AbortSignal,
  what: string,
): Promise<PgbouncerConsole> {
  const client = new Client(clientConfig(target, options, transport));
  // `pg` fills what is not given from this process's environment: PGOPTIONS and the like would be refused.
  const parameters: unknown = Reflect.get(client, 'connectionParameters');
  if (typeof parameters === 'object' && parameters !== null) {
    for (const name of ['options', 'replication']) Reflect.set(parameters, name, undefined);
  }
  const session = new ConsoleSession(client, target, transport);
  try {
    await untilAborted(client.connect(), signal, what);
    session.ready();
    await session.checkKind(signal, options.connectTimeoutMs);
    return session;
  } catch (error) {
    transport.destroy();
    throw toConsoleError(error, what);
  }
}

function clientConfig(target: PgTarget, options: ConsoleOptions, transport: Transport): ClientConfig {
  return {
    ...loginConfig(target, transport, options.applicationName),
    // PgBouncer has no SCRAM-SHA-256-PLUS.
    enableChannelBinding: false,
    types: { getTypeParser: () => (value: string) => value },
  };
}

class ConsoleSession implements PgbouncerConsole {
  readonly #client: Client;
  readonly #transport: Transport;
  readonly #name: string;
  #serverVersion: string | undefined;
  #notice: string | undefined;
  #openedAtMs = 0;
  #usable = true;
  #answerBytes = 0;
  #turn: Promise<unknown> = Promise.resolve();
  #abandon: ((error: ConnectError) => void) | undefined;

  constructor(client: Client, target: PgTarget, transport: Transport) {
    this.#client = client;
    this.#transport = transport;
    this.#name = nameOfTarget(target);
    const lost = (): void => {
      this.#usable = false;
    };
    client.on('error', lost);
    client.on('end', lost);
    client.on('notice', ({ message }) => {
      this.#notice = message;
    });
    // `pg` does not keep what the server says at login.
    const connection: unknown = Reflect.get(client, 'connection');
    if (isEmitter(connection)) connection.on('parameterStatus', (message) => this.#noteParameter(message));
    transport.socket.on('data', (chunk: Buffer) => {
      this.#answerBytes += chunk.length;
      if (this.#answerBytes <= longestAnswerBytes) return;
      const limit = `${longestAnswerBytes / 1024 / 1024} MiB`;
      this.#abandon?.(new ConnectError('invalid_data', `the console ${this.#name} answered with more than ${limit}`));
    });
  }

  get version(): string | undefined {
    return this.#serverVersion?.replace(/\/bouncer$/u, '');
  }

  get versionNum(): number | undefined {
    return this.#serverVersion === undefined ? undefined : parsePgbouncerVersion(this.#serverVersion);
  }

  get openedAtMs(): number {
    return this.#openedAtMs;
  }

  get localPort(): number | undefined {
    return this.#transport.socket.localPort;
  }

  get usable(): boolean {
    return this.#usable;
  }

  ready(): void {
    this.#openedAtMs = Date.now();
  }

  /** Throws `unsupported` when a PostgreSQL server with a database called pgbouncer answers. */
  async checkKind(signal: AbortSignal, timeoutMs: number): Promise<void> {
    if (this.#serverVersion?.endsWith('/bouncer') === true) return;
    const said = this.#serverVersion;
    this.#serverVersion = undefined;
    const { rows } = await this.show('SHOW VERSION', { signal, timeoutMs }).catch((error: unknown) => {
      if (error instanceof ConnectError && !['query_failed', 'unsupported'].includes(error.code)) throw error;
      throw this.#notOurs(said);
    });
    // Before 1.12 it is said in a notice, without a row.
    const text = rows[0]?.[0] ?? this.#notice ?? '';
    if (!/bouncer/iu.test(text)) throw this.#notOurs(said);
    this.#serverVersion = /\d[\w.]*/u.exec(text)?.[0];
  }

  async show(
    command: string,
    { signal, timeoutMs }: { readonly signal: AbortSignal; readonly timeoutMs: number },
  ): Promise<ResultSet> {
    const text = checkShowCommand(command);
    const what = `${text} failed on ${this.#name}`;
    const result = this.#turn.then(() => this.#send(text, signal, timeoutMs, what));
    this.#turn = result.catch(() => undefined);
    return untilAborted(result, signal, what);
  }

  async close(): Promise<void> {
    this.#abandon?.(new ConnectError('aborted', `the console ${this.#name} was closed`));
    if (this.#usable) {
      this.#usable = false;
      await settleWithin(this.#client.end(), goodbyeBoundMs);
    }
    this.#transport.destroy();
  }

  async #send(text: string, signal: AbortSignal, timeoutMs: number, what: string): Promise<ResultSet> {
    if (!this.#usable) throw new ConnectError('unreachable', `${what}: the session is gone`);
    signal.throwIfAborted();
    this.#answerBytes = 0;
    const abandoned = new Promise<never>((_, reject) => {
      this.#abandon = (error): void => {
        this.#abandon = undefined;
        // There is no cancel on the console.
        this.#usable = false;
        this.#transport.destroy();
        reject(error);
      };
    });
    const timer = setTimeout(() => {
      this.#abandon?.(new ConnectError('timeout', `${what}: no answer within ${timeoutMs} ms; is PgBouncer hung?`));
    }, timeoutMs);
    const forget = onAbort(signal, () => this.#abandon?.(abortedError(signal, what)));
    try {
      // Text without values and without a name: `pg` sends a simple Query, the only kind the console knows.
      const answer = this.#client.query<TextRow>({ text, rowMode: 'array' });
      return resultOf(await Promise.race([answer, abandoned]));
    } catch (error) {
      if (sqlStateOf(error) === undefined || isFatal(error)) this.#usable = false;
      throw toConsoleError(error, what);
    } finally {
      this.#abandon = undefined;
      clearTimeout(timer);
      forget();
    }
  }

  #noteParameter(message: unknown): void {
    if (typeof message !== 'object' || message === null) return;
    const name: unknown = Reflect.get(message, 'parameterName');
    const value: unknown = Reflect.get(message, 'parameterValue');
    if (name === 'server_version' && typeof value === 'string') this.#serverVersion = value;
  }

  #notOurs(said: string | undefined): ConnectError {
    const kind = said === undefined ? 'no PgBouncer' : `no PgBouncer (server_version ${said})`;
    return new ConnectError('unsupported', `${this.#name} is ${kind}; give the URL of a PgBouncer`);
  }
}

function resultOf(answer: QueryArrayResult<TextRow>): ResultSet {
  const result = [answer].flat().at(-1);
  return {
    columns: (result?.fields ?? []).map(({ name, dataTypeID }) => ({ name, typeOid: dataTypeID })),
    rows: result?.rows ?? [],
  };
}

function isFatal(error: unknown): boolean {
  return error instanceof Error && 'severity' in error && (error.severity === 'FATAL' || error.severity === 'PANIC');
}

interface Emitter {
  on(event: string, listener: (message: unknown) => void): unknown;
}

function isEmitter(value: unknown): value is Emitter {
  return typeof value === 'object' && value !== null && 'on' in value && typeof value.on === 'function';
}
