import { ConnectError, type ConnectErrorCode } from '../errors.ts';

/** Codes by SQLSTATE, or by its class (PostgreSQL docs appendix A). The longer key wins. */
const codeBySqlState: ReadonlyMap<string, ConnectErrorCode> = new Map([
  ['08', 'unreachable'],
  ['08P01', 'unsupported'],
  ['0A', 'unsupported'],
  ['28', 'auth_failed'],
  ['3D000', 'config_invalid'],
  ['42501', 'permission_denied'],
  ['53300', 'too_many_connections'],
  // lock_not_available: our lock_timeout passed.
  ['55P03', 'timeout'],
  ['57014', 'timeout'],
  ['57P01', 'unreachable'],
  ['57P02', 'unreachable'],
  ['57P03', 'starting'],
  ['57P04', 'config_invalid'],
]);

/** A failure of the `pg` client or of a socket as ours: `what` says what failed and on what. */
export function toConnectError(error: unknown, what: string): ConnectError {
  if (error instanceof ConnectError) return error;
  const sqlState = sqlStateOf(error);
  if (sqlState !== undefined) {
    const code = codeBySqlState.get(sqlState) ?? codeBySqlState.get(sqlState.slice(0, 2)) ?? 'query_failed';
    return new ConnectError(code, `${what}: ${textOf(error)} (${sqlState})`, { cause: error, sqlState });
  }
  const code = error instanceof Error && error.message.startsWith('SASL') ? 'auth_failed' : 'unreachable';
  return new ConnectError(code, `${what}: ${textOf(error)}`, { cause: error });
}

/** SQLSTATE of an error that a server sent. */
export function sqlStateOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('severity' in error)) return undefined;
  return typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code) ? error.code : undefined;
}

/** One line: node reports a host with several addresses as an AggregateError without a message. */
function textOf(error: unknown): string {
  if (error instanceof AggregateError) {
    const parts: readonly unknown[] = error.errors;
    return [...new Set(parts.map(textOf))].join('; ');
  }
  return error instanceof Error && error.message !== '' ? error.message : String(error);
}
