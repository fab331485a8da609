import { ConnectError } from '@pgattest/connect';
import { defineProbe } from '../probe.ts';

/** Who this server is. The system identifier is shared by every physical copy of one database cluster. */
export interface Server {
  /** server_version as the server prints it: `18.4 (Debian 18.4-1)`. */
  readonly version: string;
  /** server_version_num: 180004. */
  readonly versionNum: number;
  readonly inRecovery: boolean;
  /** 64 bit number as text: `7710730764901021745`. */
  readonly systemIdentifier: string;
  /** Timeline a primary writes or a standby's receiver follows; null on a standby that receives nothing. */
  readonly timeline: number | null;
  /** Postmaster start, ISO 8601 UTC. */
  readonly startedAt: string;
}

/** Version, role and identity of the server. */
export const pgServer = defineProbe({
  id: 'pg.server',
  subject: 'instance',
  title: 'Version, role, system identifier and timeline',
  privilege: 'pg_read_all_stats (part of pg_monitor), for the timeline a standby receives',
  grants: ['GRANT pg_monitor TO {role}'],
  async collect({ pg, signal }): Promise<Server> {
    // The first eight hex digits of a WAL file name are the timeline; asking for one is refused in recovery.
    const [row] = await pg.rows<{
      version: string;
      in_recovery: string;
      system_identifier: string;
      timeline: string | null;
      started_at: string;
    }>(
      `SELECT current_setting('server_version') AS version,
              pg_is_in_recovery() AS in_recovery,
              (SELECT system_identifier FROM pg_control_system()) AS system_identifier,
              CASE WHEN pg_is_in_recovery() THEN (SELECT received_tli FROM pg_stat_wal_receiver)
                   ELSE ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int
              END AS timeline,
              to_char(pg_postmaster_start_time() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS started_at`,
      { signal },
    );
    if (row === undefined) throw new ConnectError('invalid_data', 'the server answered its identity with no row');
    return {
      version: row.version,
      versionNum: pg.versionNum,
      inRecovery: row.in_recovery === 't',
      systemIdentifier: row.system_identifier,
      timeline: row.timeline === null ? null : Number(row.timeline),
      startedAt: row.started_at,
    };
  },
});
