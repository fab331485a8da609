import { ConnectError } from '@pgattest/connect';
import { defineProbe } from '../probe.ts';

/** What archiving has done since its statistics were reset. Times in ISO 8601 UTC. */
export interface Archiver {
  readonly archivedCount: string;
  readonly lastArchivedWal: string | null;
  readonly lastArchivedAt: string | null;
  readonly failedCount: string;
  readonly lastFailedWal: string | null;
  readonly lastFailedAt: string | null;
  /** Segments that wait to be archived. */
  readonly readyCount: number;
  readonly inRecovery: boolean;
}

/** Progress and failures of WAL archiving. */
export const pgArchiver = defineProbe({
  id: 'pg.archiver',
  subject: 'instance',
  title: 'Progress, failures and backlog of WAL archiving (pg_stat_archiver, pg_ls_archive_statusdir)',
  privilege: 'pg_monitor',
  grants: ['GRANT pg_monitor TO {role}'],
  async collect({ pg, signal }): Promise<Archiver> {
    const [row] = await pg.rows<{
      archived_count: string;
      last_archived_wal: string | null;
      last_archived_at: string | null;
      failed_count: string;
      last_failed_wal: string | null;
      last_failed_at: string | null;
      ready_count: string;
      in_recovery: string;
    }>(
      `SELECT a.archived_count,
              a.last_archived_wal,
              to_char(a.last_archived_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS last_archived_at,
              a.failed_count,
              a.last_failed_wal,
              to_char(a.last_failed_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS last_failed_at,
              (SELECT count(*) FROM pg_ls_archive_statusdir() AS f WHERE f.name LIKE '%.ready') AS ready_count,
              pg_is_in_recovery() AS in_recovery
       FROM pg_stat_archiver a`,
      { signal },
    );
    if (row === undefined) throw new ConnectError('invalid_data', 'pg_stat_archiver answered with no row');
    return {
      archivedCount: row.archived_count,
      lastArchivedWal: row.last_archived_wal,
      lastArchivedAt: row.last_archived_at,
      failedCount: row.failed_count,
      lastFailedWal: row.last_failed_wal,
      lastFailedAt: row.last_failed_at,
      readyCount: Number(row.ready_count),
      inRecovery: row.in_recovery === 't',
    };
  },
});
