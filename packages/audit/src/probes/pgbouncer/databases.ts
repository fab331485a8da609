import { defineProbe } from '../../probe.ts';
import { numberIn, showRows } from './show-rows.ts';

/** A database that clients may ask for, and where it leads. */
export interface PgbouncerDatabase {
  readonly name: string;
  /** Address, or a folder for a Unix socket; null for this machine's own socket, and for the console. */
  readonly host: string | null;
  readonly port: number | null;
  readonly database: string;
  /** Every client becomes this user on the server; null when it stays who it is. */
  readonly forceUser: string | null;
  readonly poolSize: number | null;
  readonly reservePoolSize: number | null;
  /** Null where the default applies. */
  readonly poolMode: string | null;
  readonly maxConnections: number | null;
  readonly currentConnections: number | null;
  readonly isPaused: boolean;
  readonly isDisabled: boolean;
}

/** Databases of the pooler and their limits. */
export const pgbouncerDatabases = defineProbe({
  id: 'pgbouncer.databases',
  subject: 'pgbouncer',
  title: 'Databases of PgBouncer, where they lead and their limits (SHOW DATABASES)',
  privilege: 'membership in stats_users of pgbouncer.ini',
  grants: [],
  async collect({ console, signal }): Promise<readonly PgbouncerDatabase[]> {
    const rows = await showRows(console, 'SHOW DATABASES', signal);
    return rows.map((row) => ({
      name: row.get('name') ?? '',
      host: row.get('host') ?? null,
      port: numberIn(row, 'port'),
      database: row.get('database') ?? '',
      forceUser: row.get('force_user') ?? null,
      poolSize: numberIn(row, 'pool_size'),
      reservePoolSize: numberIn(row, 'reserve_pool_size', 'reserve_pool'),
      poolMode: row.get('pool_mode') ?? null,
      maxConnections: numberIn(row, 'max_connections'),
      currentConnections: numberIn(row, 'current_connections'),
      isPaused: row.get('paused') === '1',
      isDisabled: row.get('disabled') === '1',
    }));
  },
});
