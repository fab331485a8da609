import type { ResultSet } from '../postgres/session-api.ts';

/** How to open a console session. */
export interface ConsoleOptions {
  readonly connectTimeoutMs: number;
  /** Shown by SHOW CLIENTS. */
  readonly applicationName: string;
}

/** One session on the admin console of a PgBouncer: nothing but SHOW, one command after the other. */
export interface PgbouncerConsole {
  /** `1.18.0`, as PgBouncer says at login; undefined when it did not. */
  readonly version: string | undefined;
  /** 11800 for 1.18.0; undefined when the version is none. */
  readonly versionNum: number | undefined;
  /** When the session was ready: unix milliseconds. */
  readonly openedAtMs: number;
  /** Port of our end, to find our own row of SHOW CLIENTS; undefined on a Unix socket. */
  readonly localPort: number | undefined;
  /** False once the socket is gone or a command had no answer in time: close it and open another. */
  readonly usable: boolean;
  /**
   * Answer to a SHOW command. The console cannot cancel: when `timeoutMs` passes or the signal aborts, the socket is
   * destroyed. Errors: config_invalid for anything but SHOW; timeout, aborted, unreachable, unsupported (no such
   * command in this version), permission_denied, query_failed, invalid_data (an answer of more than 64 MiB).
   */
  show(command: string, options: { readonly signal: AbortSignal; readonly timeoutMs: number }): Promise<ResultSet>;
  close(): Promise<void>;
}
