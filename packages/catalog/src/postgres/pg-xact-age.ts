import { defineCollector } from '../model.ts';

/**
 * Ages of the open transactions of clients, as a distribution per database. A row is one session: every one has an
 * age, those idle in their transaction have it as idle_seconds too.
 */
export const pgXactAge = defineCollector({
  id: 'pg_xact_age',
  source: 'postgres',
  scope: 'instance',
  help: 'How old open transactions are',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 129,
  labels: { datname: 'Database' },
  metrics: {},
  histograms: {
    seconds: {
      unit: 'seconds',
      help: 'Age of open transactions',
      buckets: [1, 3, 10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000],
    },
    idle_seconds: {
      unit: 'seconds',
      help: 'Age of open transactions whose session is idle',
      buckets: [1, 3, 10, 30, 100, 300, 1000, 3000],
    },
  },
  variants: [
    {
      branch: 'pg_xact_age',
      since: 100000,
      // now() is when this transaction began: one that began later would be negative.
      sql: `
SELECT
  datname AS datname,
  greatest(extract(EPOCH FROM now() - xact_start), 0) AS seconds,
  CASE
    WHEN state IN ('idle in transaction', 'idle in transaction (aborted)')
      THEN greatest(extract(EPOCH FROM now() - xact_start), 0)
  END AS idle_seconds
FROM pg_stat_activity
WHERE
  backend_type = 'client backend'
  AND datname IS NOT NULL
  AND xact_start IS NOT NULL
  AND pid <> pg_backend_pid()`,
    },
  ],
});
