export type RuntimeErrorCode = 'usage' | 'config_invalid' | 'file_unreadable' | 'address_in_use' | 'listen_failed';

/** A failure the user can act on. `bin/*.ts` prints the message and exits with 2. */
export class RuntimeError extends Error {
  override readonly name = 'RuntimeError';
  readonly code: RuntimeErrorCode;
  constructor(code: RuntimeErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
