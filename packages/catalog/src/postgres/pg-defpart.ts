import { defineCollector, gauge } from '../model.ts';

/** The 64 fullest default partitions: rows in them fit no other partition. Takes no lock on any of them. */
export const pgDefpart = defineCollector({
  id: 'pg_defpart',
  source: 'postgres',
  scope: 'database',
  help: 'Rows in default partitions',
  cacheSeconds: 60,
  timeoutSeconds: 1,
  priority: 147,
  topK: { rankedBy: 'tuples', enters: 64, stays: 128 },
  labels: { datname: 'Database', relname: 'Default partition with its schema' },
  metrics: {
    tuples: gauge('count', 'Rows, as of the last VACUUM or ANALYZE; -1 for never from version 14'),
  },
  variants: [
    {
      branch: 'pg_defpart',
      since: 110000,
      // pg_partitioned_table names the default partition; reading partition bounds would open every partition.
      sql: `
SELECT
  current_database() AS datname,
  c.relnamespace::regnamespace::text || '.' || c.relname AS relname,
  c.reltuples AS tuples
FROM
  pg_partitioned_table AS p
  JOIN pg_class AS c ON c.oid = p.partdefid
ORDER BY c.reltuples DESC, c.oid
LIMIT 128`,
    },
  ],
});
