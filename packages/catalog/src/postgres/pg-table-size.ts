import { defineCollector, gauge } from '../model.ts';
import { lockedRelations, readerBlockers } from '../sql/lockers.ts';

/**
 * Disk space of the 256 largest tables. The server's size functions lock the table and would wait behind its DDL: a
 * table that is locked has the size of the last VACUUM or ANALYZE until it is free. Costs some system calls per table
 * of the database, hence the long cache time.
 */
export const pgTableSize = defineCollector({
  id: 'pg_table_size',
  source: 'postgres',
  scope: 'database',
  help: 'Disk space of the largest tables',
  cacheSeconds: 300,
  timeoutSeconds: 2,
  priority: 148,
  topK: { rankedBy: 'bytes', enters: 256, stays: 512 },
  labels: { datname: 'Database', relname: 'Table with its schema' },
  metrics: {
    bytes: gauge('bytes', 'Disk space with indexes and TOAST'),
    indexsize: gauge('bytes', 'Disk space of its indexes'),
    relsize: gauge('bytes', 'Disk space of its rows'),
    toastsize: gauge('bytes', 'Disk space of its TOAST table and index, 0 without'),
  },
  variants: [
    {
      branch: 'pg_table_size',
      since: 100000,
      // OFFSET 0 keeps the planner from computing sizes of tables that are not among the largest. A table dropped
      // meanwhile has no size and no row.
      sql: `
SELECT
  current_database() AS datname,
  t.nspname || '.' || t.relname AS relname,
  t.bytes AS bytes,
  CASE WHEN t.is_locked THEN t.heap_estimate ELSE coalesce(pg_relation_size(t.oid), 0) END AS relsize,
  CASE WHEN t.is_locked THEN t.index_estimate ELSE coalesce(pg_indexes_size(t.oid), 0) END AS indexsize,
  CASE WHEN t.is_locked THEN t.toast_estimate ELSE coalesce(pg_total_relation_size(t.reltoastrelid), 0) END AS toastsize
FROM
  (
    SELECT
      s.*,
      CASE
        WHEN s.is_locked THEN s.heap_estimate + s.index_estimate + s.toast_estimate
        ELSE pg_total_relation_size(s.oid)
      END AS bytes
    FROM
      (
        SELECT
          n.nspname,
          c.relname,
          c.oid,
          c.reltoastrelid,
          locked.is_locked,
          CASE WHEN locked.is_locked THEN c.relpages * block.size END AS heap_estimate,
          CASE
            WHEN locked.is_locked THEN (
              SELECT coalesce(sum(x.relpages), 0) * block.size
              FROM
                pg_index AS i
                JOIN pg_class AS x ON x.oid = i.indexrelid
              WHERE i.indrelid = c.oid
            )
          END AS index_estimate,
          CASE
            WHEN locked.is_locked THEN (
              SELECT coalesce(sum(x.relpages), 0) * block.size
              FROM pg_class AS x
              WHERE x.oid = c.reltoastrelid OR x.oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = c.reltoastrelid)
            )
          END AS toast_estimate
        FROM
          (SELECT ${lockedRelations(readerBlockers)} AS relids) AS held
          CROSS JOIN (SELECT current_setting('block_size')::bigint AS size) AS block
          CROSS JOIN pg_class AS c
          JOIN pg_namespace AS n ON n.oid = c.relnamespace
          CROSS JOIN LATERAL (
            SELECT c.oid = ANY (held.relids) OR c.reltoastrelid = ANY (held.relids) AS is_locked
          ) AS locked
        WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
        OFFSET 0
      ) AS s
    ORDER BY bytes DESC NULLS LAST, s.oid
    LIMIT 512
  ) AS t
WHERE t.bytes IS NOT NULL`,
    },
  ],
});
