import { ConnectError } from '@pgattest/connect';
import { defineProbe } from '../probe.ts';

/** Client sessions of one role from one place with one program. */
export interface ClientSessions {
  readonly user: string;
  readonly superuser: boolean;
  /** Null over the Unix socket. */
  readonly address: string | null;
  /** Over the socket, or from an address of the server itself. */
  readonly isLocal: boolean;
  readonly application: string;
  readonly count: number;
  /** Start of the oldest, ISO 8601 UTC. */
  readonly oldestSince: string;
}

/** Who is connected, from where and with what: one sample, without the probe's own session. */
export const pgSessions = defineProbe({
  id: 'pg.sessions',
  subject: 'instance',
  title: 'Client sessions by role, address and application name (pg_stat_activity, one sample)',
  privilege: 'pg_read_all_stats (part of pg_monitor)',
  grants: ['GRANT pg_monitor TO {role}'],
  async collect({ pg, signal }): Promise<readonly ClientSessions[]> {
    // Without it the addresses of other roles' sessions read NULL, and everybody would look local.
    const [may] = await pg.rows<{ see: string }>(
      `SELECT pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') AS see`,
      { signal },
    );
    if (may?.see !== 't') {
      throw new ConnectError(
        'permission_denied',
        'pg_stat_activity hides the sessions of others from this role; grant pg_monitor',
      );
    }
    const rows = await pg.rows<{
      usename: string;
      superuser: string | null;
      address: string | null;
      local: string | null;
      application: string | null;
      count: string;
      oldest: string;
    }>(
      `SELECT a.usename,
              r.rolsuper AS superuser,
              host(a.client_addr) AS address,
              a.client_addr IS NULL OR a.client_addr <<= '127.0.0.0/8' OR a.client_addr = '::1'
                OR host(a.client_addr) = host(inet_server_addr()) AS local,
              a.application_name AS application,
              count(*) AS count,
              to_char(min(a.backend_start) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS oldest
       FROM pg_stat_activity a
       LEFT JOIN pg_roles r ON r.oid = a.usesysid
       WHERE a.backend_type = 'client backend' AND a.usename IS NOT NULL AND a.pid <> pg_backend_pid()
       GROUP BY 1, 2, 3, 4, 5
       ORDER BY 1, 3 NULLS FIRST, 5`,
      { signal },
    );
    return rows.map((row) => ({
      user: row.usename,
      superuser: row.superuser === 't',
      address: row.address,
      isLocal: row.local === 't',
      application: row.application ?? '',
      count: Number(row.count),
      oldestSince: row.oldest,
    }));
  },
});
