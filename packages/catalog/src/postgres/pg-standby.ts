import { defineCollector, gauge } from '../model.ts';

/**
 * Standbys by name: the series go on when a standby reconnects, those of pg_repl, which has the process id as a label,
 * do not. Several standbys of one name are one: the greatest lag of them.
 */
export const pgStandby = defineCollector({
  id: 'pg_standby',
  source: 'postgres',
  scope: 'instance',
  help: 'Attached standbys by name, whatever process sends to them',
  cacheSeconds: 10,
  timeoutSeconds: 0.2,
  priority: 203,
  labels: { appname: 'application_name of the standby' },
  metrics: {
    connections: gauge('count', 'Connections of this name'),
    streaming_connections: gauge('count', 'Connections of this name that have caught up and stream'),
    connected_seconds: gauge('seconds', 'Time since the newest connection of this name was made'),
    flush_lag_bytes: gauge('bytes', 'WAL of this server not yet on disk at the standby'),
    replay_lag_bytes: gauge('bytes', 'WAL of this server not yet replayed by the standby'),
    replay_lag_seconds: gauge(
      'seconds',
      'Time until the standby reported recent WAL as replayed, 0 when caught up, absent before its first report',
    ),
  },
  variants: [
    {
      branch: 'pg_standby',
      since: 100000,
      sql: `
SELECT
  r.application_name AS appname,
  count(*) AS connections,
  count(*) FILTER (WHERE r.state = 'streaming') AS streaming_connections,
  min(extract(EPOCH FROM clock_timestamp() - r.backend_start)) AS connected_seconds,
  max(CASE WHEN r.flush_lsn > here.lsn THEN 0 ELSE here.lsn - r.flush_lsn END) AS flush_lag_bytes,
  max(CASE WHEN r.replay_lsn > here.lsn THEN 0 ELSE here.lsn - r.replay_lsn END) AS replay_lag_bytes,
  max(CASE WHEN r.replay_lsn IS NOT NULL THEN coalesce(extract(EPOCH FROM r.replay_lag), 0) END) AS replay_lag_seconds
FROM
  pg_stat_replication AS r
  CROSS JOIN (
    SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END AS lsn
  ) AS here
WHERE r.state <> 'backup'
GROUP BY r.application_name`,
    },
  ],
});
