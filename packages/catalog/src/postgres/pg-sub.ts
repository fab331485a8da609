import { counter, defineCollector, gauge } from '../model.ts';

const worker = `
  s.pid AS pid,
  s.received_lsn - '0/0' AS received_lsn,
  s.latest_end_lsn - '0/0' AS reported_lsn,
  extract(EPOCH FROM s.last_msg_send_time) AS msg_send_time,
  extract(EPOCH FROM s.last_msg_receipt_time) AS msg_recv_time,
  extract(EPOCH FROM s.latest_end_time) AS reported_time`;

const since10 = `
SELECT
  s.subname AS subname,
  s.subid AS id,${worker}`;

const since15 = `${since10},
  e.apply_error_count AS apply_error_count,
  e.sync_error_count AS sync_error_count
FROM
  pg_stat_subscription AS s
  LEFT JOIN pg_stat_subscription_stats AS e ON e.subid = s.subid`;

const only19 = [
  'has_worker',
  'sync_table_error_count',
  'sync_seq_error_count',
  'confl_insert_exists',
  'confl_update_origin_differs',
  'confl_update_exists',
  'confl_update_deleted',
  'confl_update_missing',
  'confl_delete_origin_differs',
  'confl_delete_missing',
  'confl_multiple_unique_conflicts',
  'reset_time',
] as const;

/**
 * pg_stat_subscription: one row per subscription of the server, for its leading apply worker. Without a worker
 * (disabled, or it cannot start) pid and positions are NULL.
 *
 * A name is unique in one database only: equal names in two databases give the same series twice.
 */
export const pgSub = defineCollector({
  id: 'pg_sub',
  source: 'postgres',
  scope: 'instance',
  help: 'Subscriptions and where their apply workers stand',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 110,
  labels: { subname: 'Subscription' },
  metrics: {
    id: gauge('id', 'OID of the subscription'),
    pid: gauge('id', 'Process id of the apply worker, NaN while none runs'),
    has_worker: gauge('bool', 'Whether an apply worker runs, version 19 or later'),
    received_lsn: counter('lsn', 'WAL position received from the publisher'),
    reported_lsn: counter('lsn', 'WAL position last reported to the publisher'),
    msg_send_time: gauge('timestamp_seconds', 'When the publisher sent its last message, by its own clock'),
    msg_recv_time: gauge('timestamp_seconds', 'When the last message of the publisher arrived'),
    reported_time: gauge('timestamp_seconds', 'When a WAL position was last reported to the publisher'),
    apply_error_count: counter('count', 'Errors while applying changes, version 15 or later'),
    sync_error_count: counter('count', 'Errors while copying tables, and from version 19 sequences'),
    sync_table_error_count: counter('count', 'Errors while copying tables, version 19 or later'),
    sync_seq_error_count: counter('count', 'Errors while copying sequences, version 19 or later'),
    confl_insert_exists: counter('count', 'Inserted rows that were there already, version 19 or later'),
    confl_update_origin_differs: counter('count', 'Updated rows that another origin had changed, version 19 or later'),
    confl_update_exists: counter('count', 'Updates onto the key of another row, version 19 or later'),
    confl_update_deleted: counter('count', 'Updated rows that another origin had deleted, version 19 or later'),
    confl_update_missing: counter('count', 'Updated rows that were not there, version 19 or later'),
    confl_delete_origin_differs: counter('count', 'Deleted rows that another origin had changed, version 19 or later'),
    confl_delete_missing: counter('count', 'Deleted rows that were not there, version 19 or later'),
    confl_multiple_unique_conflicts: counter(
      'count',
      'Rows that violated more than one unique constraint, version 19 or later',
    ),
    reset_time: gauge('timestamp_seconds', 'When the error counts were last reset, version 19 or later'),
  },
  variants: [
    {
      branch: 'pg_sub_19',
      since: 190000,
      sql: `
SELECT
  e.subname AS subname,
  e.subid AS id,${worker},
  s.pid IS NOT NULL AS has_worker,
  e.apply_error_count AS apply_error_count,
  e.sync_table_error_count + e.sync_seq_error_count AS sync_error_count,
  e.sync_table_error_count AS sync_table_error_count,
  e.sync_seq_error_count AS sync_seq_error_count,
  e.confl_insert_exists AS confl_insert_exists,
  e.confl_update_origin_differs AS confl_update_origin_differs,
  e.confl_update_exists AS confl_update_exists,
  e.confl_update_deleted AS confl_update_deleted,
  e.confl_update_missing AS confl_update_missing,
  e.confl_delete_origin_differs AS confl_delete_origin_differs,
  e.confl_delete_missing AS confl_delete_missing,
  e.confl_multiple_unique_conflicts AS confl_multiple_unique_conflicts,
  extract(EPOCH FROM e.stats_reset) AS reset_time
FROM
  pg_stat_subscription_stats AS e
  LEFT JOIN pg_stat_subscription AS s ON s.subid = e.subid AND s.worker_type = 'apply'`,
    },
    {
      branch: 'pg_sub_16',
      since: 160000,
      until: 190000,
      omits: only19,
      // A parallel apply worker has a leader, a table synchronisation worker a table.
      sql: `${since15}
WHERE s.relid IS NULL AND s.leader_pid IS NULL`,
    },
    {
      branch: 'pg_sub_15',
      since: 150000,
      until: 160000,
      omits: only19,
      sql: `${since15}
WHERE s.relid IS NULL`,
    },
    {
      branch: 'pg_sub_10',
      since: 100000,
      until: 150000,
      omits: [...only19, 'apply_error_count', 'sync_error_count'],
      sql: `${since10}
FROM pg_stat_subscription AS s
WHERE s.relid IS NULL`,
    },
  ],
});
