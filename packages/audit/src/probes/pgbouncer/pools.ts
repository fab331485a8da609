import { defineProbe } from '../../probe.ts';
import { numberIn, showRows } from './show-rows.ts';

/** One pool: the server connections of a user and a database. */
export interface PgbouncerPool {
  readonly database: string;
  readonly user: string;
  readonly poolMode: string | null;
  readonly activeClients: number | null;
  readonly waitingClients: number | null;
  readonly activeServers: number | null;
  readonly idleServers: number | null;
  /** How long the oldest waiting client has waited. */
  readonly longestWaitSeconds: number | null;
}

/** Pools and who waits for them. */
export const pgbouncerPools = defineProbe({
  id: 'pgbouncer.pools',
  subject: 'pgbouncer',
  title: 'Pools of PgBouncer and how many clients wait (SHOW POOLS)',
  privilege: 'membership in stats_users of pgbouncer.ini',
  grants: [],
  async collect({ console, signal }): Promise<readonly PgbouncerPool[]> {
    const rows = await showRows(console, 'SHOW POOLS', signal);
    return rows.map((row) => ({
      database: row.get('database') ?? '',
      user: row.get('user') ?? '',
      poolMode: row.get('pool_mode') ?? null,
      activeClients: numberIn(row, 'cl_active'),
      waitingClients: numberIn(row, 'cl_waiting'),
      activeServers: numberIn(row, 'sv_active'),
      idleServers: numberIn(row, 'sv_idle'),
      longestWaitSeconds: numberIn(row, 'maxwait'),
    }));
  },
});
