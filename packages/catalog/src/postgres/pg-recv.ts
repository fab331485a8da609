import { counter, defineCollector, gauge, state } from '../model.ts';

// The server blanks the password in conninfo. \m is a word boundary: `hostaddr` and `load_balance_hosts` do not match.
const senderOfConninfo = {
  host: `substring(w.conninfo FROM '\\mhost=(\\S+)')`,
  port: `substring(w.conninfo FROM '\\mport=(\\S+)')`,
} as const;

const receiver = `
  coalesce(w.slot_name, 'NULL') AS slot_name,
  w.pid AS pid,
  CASE w.status
    WHEN 'streaming' THEN 0
    WHEN 'stopping' THEN 4
    WHEN 'connecting' THEN 5
    ELSE -1
  END AS state,
  w.receive_start_lsn - '0/0' AS init_lsn,
  w.receive_start_tli AS init_tli,
  w.received_tli AS flush_tli,
  w.latest_end_lsn - '0/0' AS reported_lsn,
  extract(EPOCH FROM w.last_msg_send_time) AS msg_send_time,
  extract(EPOCH FROM w.last_msg_receipt_time) AS msg_recv_time,
  extract(EPOCH FROM w.latest_end_time) AS reported_time,
  extract(EPOCH FROM now()) AS time`;

const senderSince11 = `
SELECT
  coalesce(w.sender_host, ${senderOfConninfo.host}) AS sender_host,
  coalesce(w.sender_port::text, ${senderOfConninfo.port}) AS sender_port,${receiver}`;

const source = `
FROM pg_stat_wal_receiver AS w`;

/**
 * pg_stat_wal_receiver: the replica's end of streaming. No row, and so no series, while no receiver runs.
 *
 * The codes of `state` are those of pg_repl; 1 to 3 never occur here, and starting, waiting and restarting are -1.
 */
export const pgRecv = defineCollector({
  id: 'pg_recv',
  source: 'postgres',
  scope: 'instance',
  help: 'WAL receiver of a replica and where it stands',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 109,
  labels: {
    sender_host: 'Host or socket directory of the sending server',
    sender_port: 'Port of the sending server',
    slot_name: 'Replication slot in use, NULL for none',
  },
  metrics: {
    pid: gauge('id', 'Process id of the WAL receiver'),
    state: state('What the WAL receiver is doing', { [-1]: 'other', 0: 'streaming', 4: 'stopping', 5: 'connecting' }),
    init_lsn: counter('lsn', 'WAL position where the receiver started'),
    init_tli: counter('id', 'Timeline on which the receiver started'),
    flush_lsn: counter('lsn', 'WAL position received and on disk'),
    write_lsn: counter('lsn', 'WAL position received and written, not necessarily on disk'),
    flush_tli: counter('id', 'Timeline of the WAL last received and on disk'),
    reported_lsn: counter('lsn', 'WAL position last reported by the sender'),
    msg_send_time: gauge('timestamp_seconds', 'When the sender sent its last message, by its own clock'),
    msg_recv_time: gauge('timestamp_seconds', 'When the last message of the sender arrived'),
    reported_time: gauge('timestamp_seconds', 'When the sender reported its last WAL position'),
    time: gauge('timestamp_seconds', 'Clock of this server'),
  },
  variants: [
    {
      branch: 'pg_recv_13',
      since: 130000,
      role: 'replica',
      sql: `${senderSince11},
  w.flushed_lsn - '0/0' AS flush_lsn,
  w.written_lsn - '0/0' AS write_lsn${source}`,
    },
    {
      branch: 'pg_recv_11',
      since: 110000,
      until: 130000,
      role: 'replica',
      omits: ['write_lsn'],
      sql: `${senderSince11},
  w.received_lsn - '0/0' AS flush_lsn${source}`,
    },
    {
      branch: 'pg_recv_10',
      since: 100000,
      until: 110000,
      role: 'replica',
      omits: ['write_lsn'],
      sql: `
SELECT
  ${senderOfConninfo.host} AS sender_host,
  ${senderOfConninfo.port} AS sender_port,${receiver},
  w.received_lsn - '0/0' AS flush_lsn${source}`,
    },
  ],
});
