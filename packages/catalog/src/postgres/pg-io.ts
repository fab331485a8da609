import { counter, defineCollector, gauge } from '../model.ts';

// The server gives NULL where an operation cannot occur; that is none, not unknown.
const operations = `
SELECT
  backend_type AS type,
  object AS object,
  context AS context,
  coalesce(reads, 0) AS reads,
  coalesce(read_time, 0) / 1000 AS read_time,
  coalesce(writes, 0) AS writes,
  coalesce(write_time, 0) / 1000 AS write_time,
  coalesce(writebacks, 0) AS writebacks,
  coalesce(writeback_time, 0) / 1000 AS writeback_time,
  coalesce(extends, 0) AS extends,
  coalesce(extend_time, 0) / 1000 AS extend_time,
  coalesce(hits, 0) AS hits,
  coalesce(evictions, 0) AS evictions,
  coalesce(reuses, 0) AS reuses,
  coalesce(fsyncs, 0) AS fsyncs,
  coalesce(fsync_time, 0) / 1000 AS fsync_time,
  extract(EPOCH FROM stats_reset) AS reset_time`;

/** pg_stat_io: who reads and writes what, and why. Times are 0 unless track_io_timing is on. */
export const pgIo = defineCollector({
  id: 'pg_io',
  source: 'postgres',
  scope: 'instance',
  help: 'Input and output per kind of process, object and context',
  cacheSeconds: 10,
  timeoutSeconds: 1,
  priority: 112,
  labels: {
    type: 'Kind of process, for example client backend',
    object: 'relation, temp relation or wal',
    context: 'normal, vacuum, bulkread, bulkwrite or init',
  },
  metrics: {
    reads: counter('count', 'Read operations'),
    read_bytes: counter('bytes', 'Data read, version 18 or later'),
    read_time: counter('seconds', 'Time spent reading'),
    writes: counter('count', 'Write operations'),
    write_bytes: counter('bytes', 'Data written, version 18 or later'),
    write_time: counter('seconds', 'Time spent writing'),
    writebacks: counter('count', 'Requests to the kernel to write data out'),
    writeback_time: counter('seconds', 'Time spent asking the kernel to write data out'),
    extends: counter('count', 'Operations that made a relation longer'),
    extend_bytes: counter('bytes', 'Data added to relations, version 18 or later'),
    extend_time: counter('seconds', 'Time spent making relations longer'),
    hits: counter('count', 'Blocks found in a buffer'),
    evictions: counter('count', 'Buffers emptied to make room for another block'),
    reuses: counter('count', 'Buffers of a ring that were used again'),
    fsyncs: counter('count', 'Calls of fsync'),
    fsync_time: counter('seconds', 'Time spent in fsync calls'),
    reset_time: gauge('timestamp_seconds', 'When these statistics were last reset'),
  },
  variants: [
    {
      branch: 'pg_io_18',
      since: 180000,
      sql: `${operations},
  coalesce(read_bytes, 0) AS read_bytes,
  coalesce(write_bytes, 0) AS write_bytes,
  coalesce(extend_bytes, 0) AS extend_bytes
FROM pg_stat_io`,
    },
    {
      branch: 'pg_io_16',
      since: 160000,
      until: 180000,
      omits: ['read_bytes', 'write_bytes', 'extend_bytes'],
      sql: `${operations}
FROM pg_stat_io`,
    },
  ],
});
