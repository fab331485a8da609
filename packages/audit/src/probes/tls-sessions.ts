import { ConnectError } from '@pgattest/connect';
import { defineProbe } from '../probe.ts';

/** Sessions of one role from one address, alike in encryption. */
export interface NetworkSessions {
  readonly user: string;
  readonly clientAddress: string;
  /** Superuser, CREATEROLE or REPLICATION role: what it sends can take the cluster over. */
  readonly privileged: boolean;
  readonly tls: boolean;
  readonly gssEncrypted: boolean;
  /** TLS version as pg_stat_ssl says it; null without TLS. */
  readonly protocol: string | null;
  readonly count: number;
}

/** Sessions that came over TCP, without the probe's own. */
export const pgTlsSessions = defineProbe({
  id: 'pg.tls-sessions',
  subject: 'instance',
  title: 'Encryption of the open network sessions (pg_stat_ssl, pg_stat_gssapi)',
  privilege: 'pg_read_all_stats (part of pg_monitor)',
  grants: ['GRANT pg_monitor TO {role}'],
  async collect({ pg, signal }): Promise<readonly NetworkSessions[]> {
    // Without it the addresses of other roles' sessions read NULL, and an empty list would look like no sessions.
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
    // pg_stat_gssapi exists since version 12. A session still authenticating has no role yet and is left out.
    const gss = pg.versionNum >= 120000;
    const rows = await pg.rows<{
      usename: string;
      client_addr: string;
      privileged: string | null;
      ssl: string | null;
      gss: string | null;
      version: string | null;
      count: string;
    }>(
      `SELECT a.usename,
              host(a.client_addr) AS client_addr,
              r.rolsuper OR r.rolcreaterole OR r.rolreplication AS privileged,
              s.ssl,
              ${gss ? 'g.encrypted' : 'NULL'} AS gss,
              s.version,
              count(*) AS count
       FROM pg_stat_activity a
       JOIN pg_stat_ssl s ON s.pid = a.pid
       ${gss ? 'LEFT JOIN pg_stat_gssapi g ON g.pid = a.pid' : ''}
       LEFT JOIN pg_roles r ON r.oid = a.usesysid
       WHERE a.client_addr IS NOT NULL AND a.usename IS NOT NULL AND a.pid <> pg_backend_pid()
       GROUP BY 1, 2, 3, 4, 5, 6
       ORDER BY 1, 2, 4, 5, 6`,
      { signal },
    );
    return rows.map((row) => ({
      user: row.usename,
      clientAddress: row.client_addr,
      privileged: row.privileged === 't',
      tls: row.ssl === 't',
      gssEncrypted: row.gss === 't',
      protocol: row.version,
      count: Number(row.count),
    }));
  },
});
