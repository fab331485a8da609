import { defineCollector, gauge } from '../model.ts';

/** Prepared transactions of every database that can be connected to: nobody's session, they hold locks until ended. */
export const pgPreparedTransaction = defineCollector({
  id: 'pg_prepared_transaction',
  source: 'postgres',
  scope: 'instance',
  help: 'Transactions prepared for two-phase commit',
  cacheSeconds: 10,
  timeoutSeconds: 0.2,
  priority: 273,
  labels: { datname: 'Database, templates excluded' },
  metrics: {
    transactions: gauge('count', 'Transactions that are prepared and neither committed nor rolled back'),
    oldest_age_seconds: gauge('seconds', 'Time since the oldest of them was prepared, NaN when there is none'),
  },
  variants: [
    {
      branch: 'pg_prepared_transaction',
      since: 100000,
      role: 'primary',
      sql: `
SELECT
  d.datname AS datname,
  count(p.gid) AS transactions,
  max(extract(EPOCH FROM clock_timestamp() - p.prepared)) AS oldest_age_seconds
FROM
  pg_database AS d
  LEFT JOIN pg_prepared_xacts AS p ON p.database = d.datname
WHERE d.datallowconn AND NOT d.datistemplate
GROUP BY d.datname`,
    },
  ],
});
