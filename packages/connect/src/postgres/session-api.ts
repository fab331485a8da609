import type { Secret } from '../secret.ts';
import type { LoginMemory } from './login-memory.ts';

/** libpq's sslmode words, with libpq's meaning. */
export type SslMode = 'disable' | 'allow' | 'prefer' | 'require' | 'verify-ca' | 'verify-full';

/** A DSN (URL or keyword form) resolved with the libpq environment, .pgpass and password files. */
export interface PgTarget {
  /** Host name, address, or an absolute directory for a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly password: Secret | undefined;
  readonly sslMode: SslMode;
  readonly sslRootCert: string | undefined;
  readonly sslCert: string | undefined;
  readonly sslKey: string | undefined;
  readonly passfile: string | undefined;
  readonly applicationName: string | undefined;
  /** Address to connect to instead of looking `host` up; `host` is still what a certificate must name. */
  readonly hostAddress?: string | undefined;
  /** libpq's `options`: backend switches sent before our own, so that ours win. */
  readonly options?: string | undefined;
  /** The DSN's connect_timeout; the shorter of it and SessionOptions.connectTimeoutMs counts. */
  readonly connectTimeoutMs?: number | undefined;
  /** Why a password file was left aside, told when the server asks for a password. */
  readonly passwordNote?: string | undefined;
}

export interface SessionOptions {
  readonly connectTimeoutMs: number;
  /** Server side guards, set in the startup packet so that not one statement runs without them. */
  readonly statementTimeoutMs: number;
  readonly lockTimeoutMs: number;
  readonly applicationName: string;
  /** What earlier logins have worked out, to be shared by whoever logs in often; worked out anew when absent. */
  readonly logins?: LoginMemory;
}

/** One column of a result: `typeOid` is pg_type.oid. */
export interface Column {
  readonly name: string;
  readonly typeOid: number;
}

/** Text protocol, untouched: every value is the server's text or null. */
export interface ResultSet {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** Read-only session on one server. Every call is bounded by `signal`; on abort the server is sent a cancel request. */
export interface PgSession {
  readonly versionNum: number;
  /** False once the socket is gone or a query was aborted: close it and open another. */
  readonly usable: boolean;
  /** Rows as arrays in column order. `timeoutMs` lowers the server's statement_timeout for this statement. */
  query(sql: string, options: { readonly signal: AbortSignal; readonly timeoutMs?: number }): Promise<ResultSet>;
  /** Rows as objects of text; a later duplicate column name wins. */
  rows<Row extends Readonly<Record<string, string | null>>>(
    sql: string,
    options: { readonly signal: AbortSignal; readonly timeoutMs?: number },
  ): Promise<readonly Row[]>;
  close(): Promise<void>;
}
