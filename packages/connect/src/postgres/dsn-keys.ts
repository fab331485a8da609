/** What we do with a libpq connection parameter. */
export type KeyUse =
  /** Read into PgTarget. */
  | 'used'
  /** Tunes something that our connections do not have; accepted and left aside. */
  | 'harmless'
  /** Would change what is connected to or how safely; refused unless it says what we do anyway. */
  | 'refused';

interface KeyRule {
  readonly use: KeyUse;
  readonly env?: string;
  /** Values of a refused key that say what we do anyway. */
  readonly accepts?: readonly string[];
}

const used = (env?: string): KeyRule => (env === undefined ? { use: 'used' } : { use: 'used', env });
const refused = (...accepts: readonly string[]): KeyRule => ({ use: 'refused', accepts });
const harmless: KeyRule = { use: 'harmless' };

/** Connection parameters (PostgreSQL docs 32.1.2) with the environment variable of each (32.15). */
export const dsnKeys: ReadonlyMap<string, KeyRule> = new Map([
  ['host', used('PGHOST')],
  ['hostaddr', used('PGHOSTADDR')],
  ['port', used('PGPORT')],
  ['dbname', used('PGDATABASE')],
  ['user', used('PGUSER')],
  ['password', used('PGPASSWORD')],
  ['passfile', used('PGPASSFILE')],
  ['sslmode', used('PGSSLMODE')],
  ['sslrootcert', used('PGSSLROOTCERT')],
  ['sslcert', used('PGSSLCERT')],
  ['sslkey', used('PGSSLKEY')],
  ['application_name', used('PGAPPNAME')],
  ['options', used('PGOPTIONS')],
  ['connect_timeout', used('PGCONNECT_TIMEOUT')],
  ['channel_binding', refused('prefer')],
  ['gssencmode', refused('prefer', 'disable')],
  ['load_balance_hosts', refused('disable')],
  ['max_protocol_version', refused('3.0')],
  ['min_protocol_version', refused('3.0')],
  ['replication', refused('false', 'off', 'no', '0')],
  ['require_auth', refused()],
  ['requirepeer', refused()],
  ['requiressl', refused('0')],
  ['service', refused()],
  ['servicefile', refused()],
  ['ssl_max_protocol_version', refused()],
  ['ssl_min_protocol_version', refused('TLSv1.2')],
  ['sslcertmode', refused('allow')],
  ['sslcrl', refused()],
  ['sslcrldir', refused()],
  ['sslnegotiation', refused('postgres')],
  ['sslpassword', refused()],
  ['target_session_attrs', refused('any')],
  // lib/pq's own; the programs we replace are written in Go and their DSNs may carry it.
  ['binary_parameters', harmless],
  ['client_encoding', harmless],
  ['fallback_application_name', harmless],
  ['gssdelegation', harmless],
  ['gsslib', harmless],
  ['keepalives', harmless],
  ['keepalives_count', harmless],
  ['keepalives_idle', harmless],
  ['keepalives_interval', harmless],
  ['krbsrvname', harmless],
  ['sslcompression', harmless],
  ['sslsni', harmless],
  ['tcp_user_timeout', harmless],
]);
