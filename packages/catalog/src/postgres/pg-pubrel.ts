import { defineCollector, gauge } from '../model.ts';

/**
 * Tables per publication, 0 included. A partitioned table counts as its partitions, unless the publication publishes
 * through the root.
 *
 * From version 16 pg_get_publication_tables() opens every table and so waits behind DDL: the same answer is worked
 * out from the catalogs instead.
 */
export const pgPubrel = defineCollector({
  id: 'pg_pubrel',
  source: 'postgres',
  scope: 'database',
  help: 'Tables per publication',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 139,
  labels: { datname: 'Database', pubname: 'Publication' },
  metrics: {
    count: gauge('count', 'Tables in the publication'),
  },
  variants: [
    {
      branch: 'pg_pubrel_16',
      since: 160000,
      sql: `
SELECT
  current_database() AS datname,
  p.pubname AS pubname,
  CASE WHEN p.puballtables THEN everything.tables - named.tables ELSE named.tables END AS count
FROM
  pg_publication AS p
  CROSS JOIN LATERAL (
    SELECT count(*) AS tables
    FROM pg_class AS c
    WHERE
      p.puballtables
      AND c.oid >= 16384
      AND c.relpersistence = 'p'
      AND (c.relkind = 'r' OR (c.relkind = 'p' AND p.pubviaroot))
      AND NOT (c.relispartition AND p.pubviaroot)
  ) AS everything
  CROSS JOIN LATERAL (
    WITH RECURSIVE tree (relid, is_below) AS (
      SELECT r.prrelid, false
      FROM pg_publication_rel AS r
      WHERE r.prpubid = p.oid
      UNION
      SELECT c.oid, false
      FROM
        pg_publication_namespace AS s
        JOIN pg_class AS c ON c.relnamespace = s.pnnspid
      WHERE s.pnpubid = p.oid AND c.relkind IN ('r', 'p') AND c.relpersistence = 'p'
      UNION
      SELECT i.inhrelid, true
      FROM
        tree AS t
        JOIN pg_class AS c ON c.oid = t.relid AND c.relkind = 'p'
        JOIN pg_inherits AS i ON i.inhparent = t.relid
    )
    SELECT count(*) AS tables
    FROM
      (SELECT relid, bool_or(is_below) AS is_below FROM tree GROUP BY relid) AS member
      JOIN pg_class AS c ON c.oid = member.relid
    WHERE CASE WHEN p.pubviaroot THEN NOT member.is_below ELSE c.relkind = 'r' END
  ) AS named`,
    },
    {
      branch: 'pg_pubrel',
      since: 100000,
      until: 160000,
      sql: `
SELECT
  current_database() AS datname,
  p.pubname AS pubname,
  count(t.relid) AS count
FROM
  pg_publication AS p
  LEFT JOIN LATERAL pg_get_publication_tables(p.pubname::text) AS t (relid) ON true
GROUP BY p.pubname`,
    },
  ],
});
