import { defineCollector, gauge } from '../model.ts';
import { heldUp, lockWaits, waitingSince } from '../sql/lock-waits.ts';

/**
 * Who holds up others without waiting for a lock: those to look at first. No process ids and no text of clients in the
 * labels, so the series are bounded by databases, roles and states; the 20 that hold up most are shown.
 */
export const pgRootBlocker = defineCollector({
  id: 'pg_root_blocker',
  source: 'postgres',
  scope: 'instance',
  help: 'Sessions and prepared transactions that others wait for, by whose they are',
  cacheSeconds: 10,
  timeoutSeconds: 0.5,
  priority: 242,
  labels: {
    datname: 'Database, empty for a prepared transaction',
    usename: 'Role, empty for a prepared transaction and for processes of the server',
    state: 'State of the session, else type of the process, or: prepared transaction',
  },
  metrics: {
    root_sessions: gauge('count', 'Sessions that others wait for and that wait for no lock themselves'),
    blocked_sessions: gauge('count', 'Sessions that wait for these, directly or behind others'),
    oldest_transaction_seconds: gauge('seconds', 'Age of the oldest transaction of these, NaN when prepared'),
  },
  variants: [
    {
      branch: 'pg_root_blocker',
      since: 100000,
      sql: `
SELECT
  found.datname AS datname,
  found.usename AS usename,
  found.state AS state,
  found.roots AS root_sessions,
  found.blocked AS blocked_sessions,
  found.oldest AS oldest_transaction_seconds
FROM (
  WITH RECURSIVE
      ${lockWaits(waitingSince.before14)},
      ${heldUp}
  SELECT
    coalesce(a.datname, '') AS datname,
    coalesce(a.usename, '') AS usename,
    CASE WHEN h.root = 0 THEN 'prepared transaction' ELSE coalesce(a.state, a.backend_type, 'unknown') END AS state,
    count(DISTINCT h.root) AS roots,
    count(DISTINCT h.pid) AS blocked,
    max(extract(EPOCH FROM clock_timestamp() - a.xact_start)) AS oldest
  FROM
    held AS h
    LEFT JOIN pg_stat_activity AS a ON a.pid = h.root
  GROUP BY 1, 2, 3
) AS found
ORDER BY found.blocked DESC, found.datname, found.usename, found.state
LIMIT 20`,
    },
  ],
});
