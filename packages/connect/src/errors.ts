/** Why an observed system could not be asked. Never collapsed into "0" or "pass". */
export type ConnectErrorCode =
  | 'unreachable'
  | 'auth_failed'
  | 'permission_denied'
  | 'timeout'
  | 'tls_failed'
  | 'starting'
  | 'too_many_connections'
  | 'unsupported'
  | 'query_failed'
  | 'invalid_data'
  | 'aborted'
  | 'config_invalid';

export class ConnectError extends Error {
  override readonly name = 'ConnectError';
  readonly code: ConnectErrorCode;
  /** SQLSTATE when a PostgreSQL server answered with an error. */
  readonly sqlState: string | undefined;
  constructor(
    code: ConnectErrorCode,
    message: string,
    options: { readonly cause?: unknown; readonly sqlState?: string | undefined } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.sqlState = options.sqlState;
  }
}
