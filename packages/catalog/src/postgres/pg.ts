import { counter, defineCollector, gauge } from '../model.ts';

/**
 * Liveness, role and WAL position. Fatal: when it cannot be read, `pg_up` is 0.
 *
 * Positions are bytes since WAL location 0/0. What a role does not have is NULL: receive and replay on a primary,
 * insert, write and flush on a replica.
 */
export const pgCore = defineCollector({
  id: 'pg',
  source: 'postgres',
  scope: 'instance',
  help: 'Clock, start time, role and WAL position of the server',
  cacheSeconds: 1,
  timeoutSeconds: 0.1,
  fatal: true,
  priority: 102,
  labels: {},
  metrics: {
    timestamp: gauge('timestamp_seconds', 'Clock of the server'),
    uptime: gauge('seconds', 'Time since the postmaster started'),
    boot_time: gauge('timestamp_seconds', 'When the postmaster started'),
    lsn: counter('lsn', 'WAL position: written on a primary, replayed on a replica'),
    insert_lsn: counter('lsn', 'WAL position reserved by the latest insertion, primary only'),
    write_lsn: counter('lsn', 'WAL position handed to the operating system, primary only'),
    flush_lsn: counter('lsn', 'WAL position known to be on disk, primary only'),
    receive_lsn: counter('lsn', 'WAL position received by streaming and on disk, replica only'),
    replay_lsn: counter('lsn', 'WAL position replayed, replica only'),
    reload_time: gauge('timestamp_seconds', 'When the configuration files were last loaded'),
    conf_reload_time: gauge('seconds', 'Time since the configuration files were last loaded'),
    last_replay_time: gauge('timestamp_seconds', 'Commit time of the last transaction replayed, replica only'),
    lag: gauge(
      'seconds',
      'Age of the last transaction replayed, 0 on a primary and on a replica that has replayed all it received',
    ),
    is_in_recovery: gauge('bool', 'Whether the server is in recovery, that is a replica'),
    is_wal_replay_paused: gauge('bool', 'Whether replay is paused, 0 on a primary'),
  },
  variants: [
    {
      branch: 'pg_primary_only',
      since: 100000,
      role: 'primary',
      sql: `
SELECT
  extract(EPOCH FROM now()) AS timestamp,
  extract(EPOCH FROM now() - pg_postmaster_start_time()) AS uptime,
  extract(EPOCH FROM pg_postmaster_start_time()) AS boot_time,
  wal.written - '0/0' AS lsn,
  pg_current_wal_insert_lsn() - '0/0' AS insert_lsn,
  wal.written - '0/0' AS write_lsn,
  pg_current_wal_flush_lsn() - '0/0' AS flush_lsn,
  NULL::numeric AS receive_lsn,
  NULL::numeric AS replay_lsn,
  extract(EPOCH FROM pg_conf_load_time()) AS reload_time,
  extract(EPOCH FROM now() - pg_conf_load_time()) AS conf_reload_time,
  NULL::float8 AS last_replay_time,
  0 AS lag,
  pg_is_in_recovery() AS is_in_recovery,
  false AS is_wal_replay_paused
FROM pg_current_wal_lsn() AS wal (written)`,
    },
    {
      branch: 'pg_replica_only',
      since: 100000,
      role: 'replica',
      // pg_is_wal_replay_paused() is an error outside recovery: the guard keeps a promotion between
      // planning and running from failing a fatal collector.
      sql: `
SELECT
  extract(EPOCH FROM now()) AS timestamp,
  extract(EPOCH FROM now() - pg_postmaster_start_time()) AS uptime,
  extract(EPOCH FROM pg_postmaster_start_time()) AS boot_time,
  wal.replayed - '0/0' AS lsn,
  NULL::numeric AS insert_lsn,
  NULL::numeric AS write_lsn,
  NULL::numeric AS flush_lsn,
  wal.received - '0/0' AS receive_lsn,
  wal.replayed - '0/0' AS replay_lsn,
  extract(EPOCH FROM pg_conf_load_time()) AS reload_time,
  extract(EPOCH FROM now() - pg_conf_load_time()) AS conf_reload_time,
  extract(EPOCH FROM wal.replayed_at) AS last_replay_time,
  CASE WHEN wal.received = wal.replayed THEN 0 ELSE extract(EPOCH FROM now() - wal.replayed_at) END AS lag,
  pg_is_in_recovery() AS is_in_recovery,
  CASE WHEN pg_is_in_recovery() THEN pg_is_wal_replay_paused() ELSE false END AS is_wal_replay_paused
FROM (
  SELECT
    pg_last_wal_receive_lsn() AS received,
    pg_last_wal_replay_lsn() AS replayed,
    pg_last_xact_replay_timestamp() AS replayed_at
) AS wal`,
    },
  ],
});
