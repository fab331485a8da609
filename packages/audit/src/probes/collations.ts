import { defineProbe } from '../probe.ts';

/** Collation version a database was made with, and the one its library has on this node. */
export interface DatabaseCollation {
  readonly database: string;
  /** c (libc), i (ICU) or b (built in). */
  readonly provider: string;
  /** Null when the provider has no versions (C locale). */
  readonly recorded: string | null;
  readonly actual: string | null;
}

/** A collation of the connected database whose library changed since it was made. */
export interface ChangedCollation {
  /** `schema.name`. */
  readonly name: string;
  readonly recorded: string;
  readonly actual: string | null;
  /** An index of the connected database sorts by it. */
  readonly indexed: boolean;
}

export interface Collations {
  /** Empty before version 15, which does not record a version per database. */
  readonly databases: readonly DatabaseCollation[];
  readonly changed: readonly ChangedCollation[];
}

/** Recorded and actual collation versions: where they differ, text indexes may be silently out of order. */
export const pgCollations = defineProbe({
  id: 'pg.collations',
  subject: 'instance',
  title: 'Collation versions of the databases, and of the collations of the connected one',
  privilege: 'any login role; pg_monitor is enough',
  grants: [],
  async collect({ pg, signal }): Promise<Collations> {
    const databases =
      pg.versionNum < 150000
        ? []
        : await pg.rows<{ datname: string; provider: string; recorded: string | null; actual: string | null }>(
            `SELECT datname,
                    datlocprovider AS provider,
                    datcollversion AS recorded,
                    pg_database_collation_actual_version(oid) AS actual
             FROM pg_database
             WHERE datallowconn
             ORDER BY datname`,
            { signal },
          );
    const changed = await pg.rows<{
      name: string;
      recorded: string;
      actual: string | null;
      indexed: string;
    }>(
      `SELECT n.nspname || '.' || c.collname AS name,
              c.collversion AS recorded,
              pg_collation_actual_version(c.oid) AS actual,
              EXISTS (SELECT FROM pg_index i WHERE c.oid = ANY (i.indcollation)) AS indexed
       FROM pg_collation c
       JOIN pg_namespace n ON n.oid = c.collnamespace
       WHERE c.collversion IS NOT NULL
         AND c.collversion IS DISTINCT FROM pg_collation_actual_version(c.oid)
       ORDER BY 1`,
      { signal },
    );
    return {
      databases: databases.map((row) => ({
        database: row.datname,
        provider: row.provider,
        recorded: row.recorded,
        actual: row.actual,
      })),
      changed: changed.map((row) => ({
        name: row.name,
        recorded: row.recorded,
        actual: row.actual,
        indexed: row.indexed === 't',
      })),
    };
  },
});
