import { counter, defineCollector } from '../model.ts';
import { lockedRelations, sequenceBlockers } from '../sql/lockers.ts';

/**
 * The 128 oldest sequences of the database. Their value needs SELECT or USAGE on them, which pg_monitor does not give;
 * without it, and while a session changes the sequence, it is NULL.
 */
export const pgSeq = defineCollector({
  id: 'pg_seq',
  source: 'postgres',
  scope: 'database',
  help: 'Sequences',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 145,
  labels: { datname: 'Database', seqname: 'Sequence with its schema' },
  metrics: {
    last_value: counter('count', 'Last value on disk, NaN before the first and without the right to read it'),
    blks_read: counter('count', 'Blocks read from outside the buffer cache'),
    blks_hit: counter('count', 'Blocks found in the buffer cache'),
  },
  variants: [
    {
      branch: 'pg_seq',
      since: 100000,
      // What a replica has of an unlogged sequence cannot be read: before 17 asking is an error.
      sql: `
SELECT
  current_database() AS datname,
  s.nspname || '.' || s.relname AS seqname,
  CASE
    WHEN s.relpersistence = 'u' AND pg_is_in_recovery() THEN NULL
    WHEN NOT has_sequence_privilege(s.oid, 'SELECT, USAGE') THEN NULL
    WHEN s.oid = ANY (held.relids) THEN NULL
    ELSE pg_sequence_last_value(s.oid)
  END AS last_value,
  pg_stat_get_blocks_fetched(s.oid) - pg_stat_get_blocks_hit(s.oid) AS blks_read,
  pg_stat_get_blocks_hit(s.oid) AS blks_hit
FROM
  (SELECT ${lockedRelations(sequenceBlockers)} AS relids) AS held
  CROSS JOIN (
    SELECT c.oid, c.relname, c.relpersistence, n.nspname
    FROM
      pg_class AS c
      JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind = 'S' AND NOT pg_is_other_temp_schema(n.oid)
    ORDER BY c.oid
    LIMIT 128
  ) AS s`,
    },
  ],
});
