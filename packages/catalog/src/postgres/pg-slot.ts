import { counter, defineCollector, gauge, state } from '../model.ts';

const since10 = `
SELECT
  s.slot_name AS slot_name,
  s.slot_type AS slot_type,
  s.plugin AS plugin,
  s.database AS datname,
  s.datoid AS datoid,
  s.active_pid AS active_pid,
  s.active AS active,
  s.temporary AS temporary,
  s.xmin::text::bigint AS xmin,
  s.catalog_xmin::text::bigint AS catalog_xmin,
  s.restart_lsn - '0/0' AS restart_lsn,
  s.confirmed_flush_lsn - '0/0' AS confirm_lsn,
  CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END
    - s.restart_lsn AS retained_bytes`;

const since13 = `${since10},
  s.safe_wal_size AS safe_wal_size,
  CASE s.wal_status
    WHEN 'reserved' THEN 0
    WHEN 'extended' THEN 1
    WHEN 'unreserved' THEN 2
    WHEN 'lost' THEN 3
    ELSE -1
  END AS wal_status`;

const since14 = `${since13},
  s.two_phase AS two_phase,
  d.spill_txns AS spill_txns,
  d.spill_count AS spill_count,
  d.spill_bytes AS spill_bytes,
  d.stream_txns AS stream_txns,
  d.stream_count AS stream_count,
  d.stream_bytes AS stream_bytes,
  d.total_txns AS total_txns,
  d.total_bytes AS total_bytes,
  extract(EPOCH FROM d.stats_reset) AS reset_time`;

const since16 = `${since14},
  s.conflicting AS conflicting`;

const slots = `
FROM pg_replication_slots AS s`;

const slotsWithDecoding = `${slots}
  LEFT JOIN pg_stat_replication_slots AS d ON d.slot_name = s.slot_name`;

/**
 * pg_replication_slots: one row per slot, with the decoding statistics of logical slots from version 14.
 *
 * What only logical slots have (confirm_lsn, conflicting, spill, stream and total counters) is NULL for physical
 * ones. Replicas are read from version 16, where they can hold logical slots of their own.
 */
export const pgSlot = defineCollector({
  id: 'pg_slot',
  source: 'postgres',
  scope: 'instance',
  help: 'Replication slots, what they retain and whether they are usable',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 108,
  labels: {
    slot_name: 'Name of the slot',
    slot_type: 'physical or logical',
    plugin: 'Output plugin of a logical slot',
    datname: 'Database of a logical slot',
  },
  metrics: {
    datoid: gauge('id', 'OID of the database of a logical slot'),
    active_pid: gauge('id', 'Process that streams from the slot, NaN when nobody does'),
    active: gauge('bool', 'Whether the slot is being streamed from'),
    temporary: gauge('bool', 'Whether the slot vanishes with its session'),
    two_phase: gauge('bool', 'Whether prepared transactions are decoded'),
    conflicting: gauge('bool', 'Whether a logical slot conflicted with recovery and is lost'),
    failover: gauge('bool', 'Whether the slot is to be synchronised to standbys'),
    synced: gauge('bool', 'Whether the slot was synchronised from a primary'),
    xmin: counter('xid', 'Oldest transaction the slot needs kept'),
    catalog_xmin: counter('xid', 'Oldest transaction on system catalogs the slot needs kept'),
    restart_lsn: counter('lsn', 'Oldest WAL position the consumer may still need'),
    confirm_lsn: counter('lsn', 'WAL position the consumer of a logical slot has confirmed'),
    retained_bytes: gauge('bytes', 'WAL between the restart position and the position of this server'),
    safe_wal_size: gauge('bytes', 'WAL that can still be written before the slot is lost, NaN without a limit'),
    wal_status: state('Whether the WAL the slot needs is there', {
      [-1]: 'none reserved',
      0: 'reserved',
      1: 'extended',
      2: 'unreserved',
      3: 'lost',
    }),
    spill_txns: counter('count', 'Transactions spilled to disk while decoding'),
    spill_count: counter('count', 'Times transactions were spilled to disk while decoding'),
    spill_bytes: counter('bytes', 'Decoded data spilled to disk'),
    stream_txns: counter('count', 'Transactions in progress that were streamed to the output plugin'),
    stream_count: counter('count', 'Times transactions in progress were streamed to the output plugin'),
    stream_bytes: counter('bytes', 'Decoded data of transactions in progress that was streamed'),
    total_txns: counter('count', 'Decoded transactions sent to the output plugin'),
    total_bytes: counter('bytes', 'Decoded data sent to the output plugin'),
    reset_time: gauge('timestamp_seconds', 'When the decoding statistics were last reset'),
    invalidation_reason: state('Why the slot is unusable', {
      [-1]: 'other',
      0: 'usable',
      1: 'wal_removed',
      2: 'rows_removed',
      3: 'wal_level_insufficient',
      4: 'idle_timeout',
    }),
    inactive_since: gauge('timestamp_seconds', 'When the slot was last left by its consumer, NaN while in use'),
  },
  variants: [
    {
      branch: 'pg_slot_17',
      since: 170000,
      sql: `${since16},
  s.failover AS failover,
  s.synced AS synced,
  extract(EPOCH FROM s.inactive_since) AS inactive_since,
  CASE
    WHEN s.invalidation_reason IS NULL THEN 0
    WHEN s.invalidation_reason = 'wal_removed' THEN 1
    WHEN s.invalidation_reason = 'rows_removed' THEN 2
    WHEN s.invalidation_reason = 'wal_level_insufficient' THEN 3
    WHEN s.invalidation_reason = 'idle_timeout' THEN 4
    ELSE -1
  END AS invalidation_reason${slotsWithDecoding}`,
    },
    {
      branch: 'pg_slot_16',
      since: 160000,
      until: 170000,
      omits: ['failover', 'synced', 'inactive_since', 'invalidation_reason'],
      sql: `${since16}${slotsWithDecoding}`,
    },
    {
      branch: 'pg_slot_14',
      since: 140000,
      until: 160000,
      role: 'primary',
      omits: ['failover', 'synced', 'inactive_since', 'invalidation_reason', 'conflicting'],
      sql: `${since14}${slotsWithDecoding}`,
    },
    {
      branch: 'pg_slot_13',
      since: 130000,
      until: 140000,
      role: 'primary',
      omits: [
        'failover',
        'synced',
        'inactive_since',
        'invalidation_reason',
        'conflicting',
        'two_phase',
        'spill_txns',
        'spill_count',
        'spill_bytes',
        'stream_txns',
        'stream_count',
        'stream_bytes',
        'total_txns',
        'total_bytes',
        'reset_time',
      ],
      sql: `${since13}${slots}`,
    },
    {
      branch: 'pg_slot_10',
      since: 100000,
      until: 130000,
      role: 'primary',
      omits: [
        'failover',
        'synced',
        'inactive_since',
        'invalidation_reason',
        'conflicting',
        'two_phase',
        'spill_txns',
        'spill_count',
        'spill_bytes',
        'stream_txns',
        'stream_count',
        'stream_bytes',
        'total_txns',
        'total_bytes',
        'reset_time',
        'safe_wal_size',
        'wal_status',
      ],
      sql: `${since10}${slots}`,
    },
  ],
});
