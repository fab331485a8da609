import { counter, defineCollector, gauge } from '../model.ts';
import { observedSchemas } from '../sql/observed-schemas.ts';

/** The 512 indexes of the database with most entries read; takes no lock on any of them. */
export const pgIndex = defineCollector({
  id: 'pg_index',
  source: 'postgres',
  scope: 'database',
  help: 'Most read indexes and their statistics',
  cacheSeconds: 10,
  timeoutSeconds: 1,
  priority: 143,
  topK: { rankedBy: 'idx_tup_read', enters: 512, stays: 1024 },
  labels: {
    datname: 'Database',
    idxname: 'Index with its schema',
    relname: 'Its table with the schema',
    relid: 'OID of the index',
  },
  metrics: {
    relpages: gauge('count', 'Blocks, as of the last VACUUM or ANALYZE'),
    reltuples: gauge('count', 'Entries, as of the last VACUUM or ANALYZE'),
    idx_scan: counter('count', 'Scans of the index'),
    idx_tup_read: counter('count', 'Entries read by scans of the index'),
    idx_tup_fetch: counter('count', 'Live rows fetched by plain scans of the index'),
    idx_blks_read: counter('count', 'Blocks read from outside the buffer cache'),
    idx_blks_hit: counter('count', 'Blocks found in the buffer cache'),
  },
  variants: [
    {
      branch: 'pg_index',
      since: 90400,
      // Chosen first, so that only the chosen ones cost more than one look at their statistics.
      sql: `
SELECT
  current_database() AS datname,
  x.nspname || '.' || x.idxname AS idxname,
  x.nspname || '.' || x.tblname AS relname,
  x.oid::text AS relid,
  x.relpages AS relpages,
  x.reltuples AS reltuples,
  pg_stat_get_numscans(x.oid) AS idx_scan,
  x.entries_read AS idx_tup_read,
  pg_stat_get_tuples_fetched(x.oid) AS idx_tup_fetch,
  pg_stat_get_blocks_fetched(x.oid) - pg_stat_get_blocks_hit(x.oid) AS idx_blks_read,
  pg_stat_get_blocks_hit(x.oid) AS idx_blks_hit
FROM
  (
    SELECT
      n.nspname,
      c.relname AS idxname,
      t.relname AS tblname,
      c.oid,
      c.relpages,
      c.reltuples,
      pg_stat_get_tuples_returned(c.oid) AS entries_read
    FROM
      pg_index AS i
      JOIN pg_class AS c ON c.oid = i.indexrelid
      JOIN pg_class AS t ON t.oid = i.indrelid
      JOIN pg_namespace AS n ON n.oid = t.relnamespace
    WHERE t.relkind IN ('r', 't', 'm') AND ${observedSchemas('n.nspname')}
    ORDER BY entries_read DESC, c.oid
    LIMIT 1024
  ) AS x`,
    },
  ],
});
