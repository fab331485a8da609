import { ConnectError } from '@pgattest/connect';
import { defineProbe } from '../probe.ts';

/** One WAL sender of this server: a standby, a subscriber, a base backup or a WAL archiver. */
export interface WalSender {
  /** application_name the other end announced: `pg-demo-2`. */
  readonly applicationName: string;
  readonly user: string;
  /** Attributes of that role on this server. */
  readonly superuser: boolean;
  readonly createRole: boolean;
  readonly createDb: boolean;
  readonly bypassRls: boolean;
  /** True when the role may change a table of the database the probe was connected to. */
  readonly writesTables: boolean;
  /** Null on a Unix socket. */
  readonly clientAddress: string | null;
  /** startup, catchup, streaming, backup or stopping. */
  readonly state: string;
  /** async, potential, sync or quorum. */
  readonly syncState: string;
  /** Logical decoding serves subscribers, not standbys. */
  readonly logical: boolean;
  readonly tls: boolean;
  readonly gssEncrypted: boolean;
  /** Bytes from this server's newest WAL to what the other end flushed and replayed; null until it reported. */
  readonly flushLagBytes: number | null;
  readonly replayLagBytes: number | null;
}

/** pg_stat_replication: who receives WAL from this server. Empty on a server nobody follows. */
export const pgReplication = defineProbe({
  id: 'pg.replication',
  subject: 'instance',
  title: 'WAL senders, their roles and how far behind the receivers are (pg_stat_replication)',
  privilege: 'pg_read_all_stats (part of pg_monitor)',
  grants: ['GRANT pg_monitor TO {role}'],
  async collect({ pg, signal }): Promise<readonly WalSender[]> {
    // pg_stat_gssapi exists since version 12.
    const gss = pg.versionNum >= 120000;
    const rows = await pg.rows<{
      application_name: string | null;
      usename: string | null;
      rolsuper: string | null;
      rolcreaterole: string | null;
      rolcreatedb: string | null;
      rolbypassrls: string | null;
      writes_tables: string | null;
      client_addr: string | null;
      state: string | null;
      sync_state: string | null;
      logical: string;
      tls: string | null;
      gss: string | null;
      flush_lag: string | null;
      replay_lag: string | null;
    }>(
      `SELECT r.application_name,
              r.usename,
              u.rolsuper,
              u.rolcreaterole,
              u.rolcreatedb,
              u.rolbypassrls,
              EXISTS (SELECT FROM pg_class c
                      WHERE c.relkind IN ('r', 'p')
                        AND c.relnamespace::regnamespace::text !~ '^(pg_|information_schema$)'
                        AND has_table_privilege(r.usesysid, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')) AS writes_tables,
              host(r.client_addr) AS client_addr,
              r.state,
              r.sync_state,
              EXISTS (SELECT FROM pg_replication_slots l
                      WHERE l.active_pid = r.pid AND l.slot_type = 'logical') AS logical,
              s.ssl AS tls,
              ${gss ? 'g.encrypted' : 'NULL'} AS gss,
              pg_wal_lsn_diff(w.lsn, r.flush_lsn) AS flush_lag,
              pg_wal_lsn_diff(w.lsn, r.replay_lsn) AS replay_lag
       FROM pg_stat_replication r
       CROSS JOIN (SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn()
                               ELSE pg_current_wal_lsn() END AS lsn) w
       LEFT JOIN pg_roles u ON u.oid = r.usesysid
       LEFT JOIN pg_stat_ssl s ON s.pid = r.pid
       ${gss ? 'LEFT JOIN pg_stat_gssapi g ON g.pid = r.pid' : ''}
       ORDER BY r.application_name, r.usename, r.client_addr, r.client_port`,
      { signal },
    );
    return rows.map((row) => {
      // Without pg_read_all_stats every detail of another role's session is NULL.
      if (row.usename === null || row.state === null || row.tls === null) {
        throw new ConnectError(
          'permission_denied',
          'pg_stat_replication hides its columns from this role; grant pg_monitor',
        );
      }
      return {
        applicationName: row.application_name ?? '',
        user: row.usename,
        superuser: row.rolsuper === 't',
        createRole: row.rolcreaterole === 't',
        createDb: row.rolcreatedb === 't',
        bypassRls: row.rolbypassrls === 't',
        writesTables: row.writes_tables === 't',
        clientAddress: row.client_addr,
        state: row.state,
        syncState: row.sync_state ?? '',
        logical: row.logical === 't',
        tls: row.tls === 't',
        gssEncrypted: row.gss === 't',
        flushLagBytes: row.flush_lag === null ? null : Number(row.flush_lag),
        replayLagBytes: row.replay_lag === null ? null : Number(row.replay_lag),
      };
    });
  },
});
