import { counter, defineCollector, gauge, state } from '../model.ts';

const walSenders = `
FROM
  pg_stat_replication AS r,
  (SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END AS lsn) AS here`;

const columns = `
SELECT
  r.application_name AS appname,
  r.usename AS usename,
  coalesce(r.client_addr::text, 'localhost') AS address,
  r.pid::text AS pid,
  r.client_port AS client_port,
  CASE r.state
    WHEN 'streaming' THEN 0
    WHEN 'startup' THEN 1
    WHEN 'catchup' THEN 2
    WHEN 'backup' THEN 3
    WHEN 'stopping' THEN 4
    ELSE -1
  END AS state,
  CASE r.sync_state
    WHEN 'async' THEN 0
    WHEN 'potential' THEN 1
    WHEN 'sync' THEN 2
    WHEN 'quorum' THEN 3
    ELSE -1
  END AS sync_state,
  r.sync_priority AS sync_priority,
  r.backend_xmin::text::bigint AS backend_xmin,
  here.lsn - '0/0' AS lsn,
  here.lsn - r.sent_lsn AS sent_diff,
  here.lsn - r.write_lsn AS write_diff,
  here.lsn - r.flush_lsn AS flush_diff,
  here.lsn - r.replay_lsn AS replay_diff,
  r.sent_lsn - '0/0' AS sent_lsn,
  r.write_lsn - '0/0' AS write_lsn,
  r.flush_lsn - '0/0' AS flush_lsn,
  r.replay_lsn - '0/0' AS replay_lsn,
  coalesce(extract(EPOCH FROM r.write_lag), 0) AS write_lag,
  coalesce(extract(EPOCH FROM r.flush_lag), 0) AS flush_lag,
  coalesce(extract(EPOCH FROM r.replay_lag), 0) AS replay_lag,
  extract(EPOCH FROM now()) AS time,
  extract(EPOCH FROM r.backend_start) AS launch_time`;

/**
 * pg_stat_replication: one row per attached standby or base backup, read on the sending server.
 *
 * The server reports no lag for a standby that is idle and caught up; that is 0 here, as 0 is what it means.
 * `*_diff` is how far the standby is behind this server's own position, which on a cascading replica is its replay
 * position: a standby that already received what is not yet replayed here has a negative value.
 */
export const pgRepl = defineCollector({
  id: 'pg_repl',
  source: 'postgres',
  scope: 'instance',
  help: 'Attached standbys and how far behind they are',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 105,
  labels: {
    appname: 'application_name of the standby',
    usename: 'Role the standby logged in as',
    address: 'Client address with prefix length (10.0.0.2/32), localhost for a Unix socket',
    pid: 'Process id of the WAL sender',
  },
  metrics: {
    client_port: gauge('id', 'TCP port of the standby, -1 for a Unix socket'),
    state: state('What the WAL sender is doing', {
      [-1]: 'other',
      0: 'streaming',
      1: 'startup',
      2: 'catchup',
      3: 'backup',
      4: 'stopping',
    }),
    sync_state: state('Part the standby plays in synchronous replication', {
      [-1]: 'other',
      0: 'async',
      1: 'potential',
      2: 'sync',
      3: 'quorum',
    }),
    sync_priority: gauge('count', 'Rank among the candidates for synchronous standby, 0 when asynchronous'),
    backend_xmin: counter('xid', 'Oldest transaction the standby asks to be kept by hot_standby_feedback'),
    lsn: counter('lsn', 'WAL position of this server'),
    sent_diff: gauge('bytes', 'WAL of this server not yet sent to the standby'),
    write_diff: gauge('bytes', 'WAL of this server not yet written by the standby'),
    flush_diff: gauge('bytes', 'WAL of this server not yet on disk at the standby'),
    replay_diff: gauge('bytes', 'WAL of this server not yet replayed by the standby'),
    sent_lsn: counter('lsn', 'WAL position sent to the standby'),
    write_lsn: counter('lsn', 'WAL position written by the standby'),
    flush_lsn: counter('lsn', 'WAL position on disk at the standby'),
    replay_lsn: counter('lsn', 'WAL position replayed by the standby'),
    write_lag: gauge('seconds', 'Time until the standby reported recent WAL as written'),
    flush_lag: gauge('seconds', 'Time until the standby reported recent WAL as on disk'),
    replay_lag: gauge('seconds', 'Time until the standby reported recent WAL as replayed'),
    time: counter('timestamp_seconds', 'Clock of this server'),
    launch_time: counter('timestamp_seconds', 'When the standby connected'),
    reply_time: gauge('timestamp_seconds', 'When the standby sent its last report, by its own clock'),
  },
  variants: [
    {
      branch: 'pg_repl_12',
      since: 120000,
      sql: `${columns},
  extract(EPOCH FROM r.reply_time) AS reply_time${walSenders}`,
    },
    {
      branch: 'pg_repl_10',
      since: 100000,
      until: 120000,
      omits: ['reply_time'],
      sql: `${columns}${walSenders}`,
    },
  ],
});
