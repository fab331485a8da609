import { defineCollector, gauge } from '../model.ts';

/**
 * Sessions that left a transaction open, by whose they are: the 32 groups that have been idle longest, no series where
 * none is. pg_activity has a zero for every database.
 */
export const pgIdleTransaction = defineCollector({
  id: 'pg_idle_transaction',
  source: 'postgres',
  scope: 'instance',
  help: 'Sessions idle in a transaction and their owners',
  cacheSeconds: 10,
  timeoutSeconds: 0.2,
  priority: 272,
  labels: { datname: 'Database', usename: 'Role' },
  metrics: {
    sessions: gauge('count', 'Sessions idle in a transaction'),
    longest_idle_seconds: gauge('seconds', 'Longest time one of them has been idle'),
    oldest_transaction_seconds: gauge('seconds', 'Age of the oldest transaction of them'),
  },
  variants: [
    {
      branch: 'pg_idle_transaction',
      since: 100000,
      sql: `
SELECT
  a.datname AS datname,
  coalesce(a.usename, '') AS usename,
  count(*) AS sessions,
  max(extract(EPOCH FROM clock_timestamp() - a.state_change)) AS longest_idle_seconds,
  max(extract(EPOCH FROM clock_timestamp() - a.xact_start)) AS oldest_transaction_seconds
FROM pg_stat_activity AS a
WHERE a.datname IS NOT NULL AND a.state IN ('idle in transaction', 'idle in transaction (aborted)')
GROUP BY a.datname, a.usename
ORDER BY longest_idle_seconds DESC, a.datname, a.usename
LIMIT 32`,
    },
  ],
});
