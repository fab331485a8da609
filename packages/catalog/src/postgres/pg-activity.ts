import { defineCollector, gauge } from '../model.ts';

/**
 * pg_stat_activity per database and state, without the session that asks. Every database that accepts connections
 * has a series for each of the six states, so that "none" is 0 and not an absence.
 */
export const pgActivity = defineCollector({
  id: 'pg_activity',
  source: 'postgres',
  scope: 'instance',
  help: 'Sessions per database and state, and how long the oldest has been so',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 125,
  labels: {
    datname: 'Database, templates excluded',
    state: 'State of the session: active, idle, idle in transaction, …',
  },
  metrics: {
    count: gauge('count', 'Sessions in this state'),
    max_duration: gauge('seconds', 'Longest time since a session entered this state'),
    max_tx_duration: gauge('seconds', 'Age of the oldest open transaction in this state'),
    max_conn_duration: gauge('seconds', 'Age of the oldest session in this state'),
  },
  variants: [
    {
      branch: 'pg_activity',
      since: 90400,
      // Grouped before the join, so that many sessions cost one pass and not one per state. now() is when this
      // transaction began: a session that moved on since then would be negative.
      sql: `
SELECT
  d.datname AS datname,
  known.state AS state,
  coalesce(seen.sessions, 0) AS count,
  coalesce(greatest(extract(EPOCH FROM now() - seen.first_change), 0), 0) AS max_duration,
  coalesce(greatest(extract(EPOCH FROM now() - seen.first_xact), 0), 0) AS max_tx_duration,
  coalesce(greatest(extract(EPOCH FROM now() - seen.first_backend), 0), 0) AS max_conn_duration
FROM
  pg_database AS d
  CROSS JOIN (
    VALUES
      ('active'),
      ('idle'),
      ('idle in transaction'),
      ('idle in transaction (aborted)'),
      ('fastpath function call'),
      ('disabled')
  ) AS known (state)
  LEFT JOIN (
    SELECT
      datid,
      state,
      count(*) AS sessions,
      min(state_change) AS first_change,
      min(xact_start) AS first_xact,
      min(backend_start) AS first_backend
    FROM pg_stat_activity
    WHERE pid <> pg_backend_pid()
    GROUP BY datid, state
  ) AS seen ON seen.datid = d.oid AND seen.state = known.state
WHERE d.datallowconn AND NOT d.datistemplate`,
    },
  ],
});
