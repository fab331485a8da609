import { ConnectError, type ConnectErrorCode } from '../errors.ts';
import { toConnectError } from '../postgres/errors.ts';

/**
 * PgBouncer sends 08P01 for most of what it refuses, so only the words tell. Each line: words, code, remedy.
 * Source: the texts of PgBouncer 1.8 to 1.25.
 */
const meanings: readonly (readonly [words: RegExp, code: ConnectErrorCode, remedy: string])[] = [
  [/^not allowed/i, 'permission_denied', 'add the user to stats_users in pgbouncer.ini and RELOAD'],
  [/admin access needed/i, 'permission_denied', 'only SHOW commands of stats_users are sent; report this'],
  [/unsupported startup parameter/i, 'unsupported', 'name the parameter in ignore_startup_parameters'],
  [/SSL required|TLS required/i, 'tls_failed', 'set sslmode=require or stronger'],
  [/certificate/i, 'tls_failed', 'set sslcert and sslkey to a certificate of this user'],
  [
    /no more connections allowed|too many|limit/i,
    'too_many_connections',
    'raise max_client_conn or the limit of the user',
  ],
  [/no such database/i, 'config_invalid', 'name the database pgbouncer in the URL'],
  [/shutting down|server conn crashed/i, 'unreachable', 'wait for PgBouncer to come back'],
  [
    /authentication failed|auth failed|no such user|login rejected|password|SASL/i,
    'auth_failed',
    'check user and password against auth_file, and auth_type',
  ],
  [/invalid command/i, 'unsupported', 'this version does not have the command'],
];

/** A failure of the console as ours, with what to do about it: `what` says what failed and on what. */
export function toConsoleError(error: unknown, what: string): ConnectError {
  const failure = toConnectError(error, what);
  if (error instanceof ConnectError) return failure;
  const text = (error instanceof Error ? error.message : String(error)).replace(/;+$/u, '');
  const meaning = meanings.find(([words]) => words.test(text));
  if (meaning === undefined) return failure;
  const [, code, remedy] = meaning;
  return new ConnectError(code, `${what}: ${text}; ${remedy}`, { cause: error, sqlState: failure.sqlState });
}
