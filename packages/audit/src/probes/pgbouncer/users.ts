import { defineProbe } from '../../probe.ts';
import { numberIn, showRows } from './show-rows.ts';

/** A user the pooler knows: of its list, or seen since it started. */
export interface PgbouncerUser {
  readonly name: string;
  /** Null where the default applies. */
  readonly poolMode: string | null;
  /** Null where the default applies, and before 1.23, which does not tell. */
  readonly maxConnections: number | null;
  readonly currentConnections: number | null;
}

/** Users that the pooler knows. */
export const pgbouncerUsers = defineProbe({
  id: 'pgbouncer.users',
  subject: 'pgbouncer',
  title: 'Users of PgBouncer and their limits (SHOW USERS)',
  privilege: 'membership in stats_users of pgbouncer.ini',
  grants: [],
  async collect({ console, signal }): Promise<readonly PgbouncerUser[]> {
    const rows = await showRows(console, 'SHOW USERS', signal);
    return rows.map((row) => ({
      name: row.get('name') ?? '',
      poolMode: row.get('pool_mode') ?? null,
      maxConnections: numberIn(row, 'max_user_connections'),
      currentConnections: numberIn(row, 'current_connections'),
    }));
  },
});
