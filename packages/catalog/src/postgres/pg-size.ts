import { defineCollector, gauge } from '../model.ts';

/**
 * Bytes on disk per database, and of the WAL and log directories as the pseudo databases `wal` and `log`.
 *
 * Takes no lock on any relation: pg_database_size and pg_ls_waldir add up what stat() says, so the cost is one
 * system call per file. Needs pg_monitor (pg_read_all_stats for databases without CONNECT, EXECUTE on pg_ls_*).
 */
export const pgSize = defineCollector({
  id: 'pg_size',
  source: 'postgres',
  scope: 'instance',
  help: 'Disk space of databases, WAL and logs',
  cacheSeconds: 60,
  timeoutSeconds: 1,
  priority: 113,
  labels: { datname: 'Database, or wal or log for those directories' },
  metrics: {
    bytes: gauge('bytes', 'Disk space in use'),
  },
  variants: [
    {
      branch: 'pg_size',
      since: 100000,
      // pg_ls_logdir() is an error when the directory does not exist, which is so until the collector first ran.
      sql: `
SELECT
  d.datname AS datname,
  pg_database_size(d.oid) AS bytes
FROM pg_database AS d
UNION ALL
SELECT
  'wal',
  (SELECT coalesce(sum(size), 0) FROM pg_ls_waldir())
UNION ALL
SELECT
  'log',
  CASE
    WHEN current_setting('logging_collector') = 'on' THEN (SELECT coalesce(sum(size), 0) FROM pg_ls_logdir())
    ELSE 0
  END`,
    },
  ],
});
