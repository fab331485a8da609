import { defineProbe } from '../probe.ts';

/** Checksum failures of one database since its statistics were reset. */
export interface DatabaseStats {
  /** Null: the row of the objects all databases share. */
  readonly database: string | null;
  /** Null while data checksums are off, and before version 12. */
  readonly checksumFailures: number | null;
}

/** pg_stat_database: corrupt pages the server met. */
export const pgDatabaseStats = defineProbe({
  id: 'pg.database-stats',
  subject: 'instance',
  title: 'Checksum failures by database (pg_stat_database)',
  privilege: 'any login role; pg_monitor is enough',
  grants: [],
  async collect({ pg, signal }): Promise<readonly DatabaseStats[]> {
    const rows = await pg.rows<{ datname: string | null; checksum_failures: string | null }>(
      `SELECT datname,
              ${pg.versionNum >= 120000 ? 'checksum_failures' : 'NULL AS checksum_failures'}
       FROM pg_stat_database
       ORDER BY datname`,
      { signal },
    );
    return rows.map((row) => ({
      database: row.datname,
      checksumFailures: row.checksum_failures === null ? null : Number(row.checksum_failures),
    }));
  },
});
