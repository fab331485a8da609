import { defineCollector, gauge } from '../model.ts';

/**
 * pg_locks per database and mode, held and awaited alike, including what this query takes itself. Every database
 * that accepts connections has a series for each of the eight modes; locks on shared objects have no database.
 */
export const pgLock = defineCollector({
  id: 'pg_lock',
  source: 'postgres',
  scope: 'instance',
  help: 'Locks per database and mode',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 130,
  labels: {
    datname: 'Database, templates excluded',
    mode: 'Lock mode, for example AccessExclusiveLock',
  },
  metrics: {
    count: gauge('count', 'Locks held or awaited in this mode'),
  },
  variants: [
    {
      branch: 'pg_lock',
      since: 90400,
      // Grouped before the join, so that many locks cost one pass and not one per mode.
      sql: `
SELECT
  d.datname AS datname,
  known.mode AS mode,
  coalesce(held.locks, 0) AS count
FROM
  pg_database AS d
  CROSS JOIN (
    VALUES
      ('AccessShareLock'),
      ('RowShareLock'),
      ('RowExclusiveLock'),
      ('ShareUpdateExclusiveLock'),
      ('ShareLock'),
      ('ShareRowExclusiveLock'),
      ('ExclusiveLock'),
      ('AccessExclusiveLock')
  ) AS known (mode)
  LEFT JOIN (
    SELECT database, mode, count(*) AS locks FROM pg_locks WHERE database IS NOT NULL GROUP BY database, mode
  ) AS held ON held.database = d.oid AND held.mode = known.mode
WHERE d.datallowconn AND NOT d.datistemplate`,
    },
  ],
});
