import { counter, defineCollector, gauge } from '../model.ts';

const generated = `
SELECT
  wal_records AS records,
  wal_fpi AS fpi,
  wal_bytes AS bytes,
  wal_buffers_full AS buffers_full,
  extract(EPOCH FROM stats_reset) AS reset_time`;

/** pg_stat_wal: how much WAL was generated. Version 18 moved writes and syncs to pg_stat_io. */
export const pgWal = defineCollector({
  id: 'pg_wal',
  source: 'postgres',
  scope: 'instance',
  help: 'WAL generated, and until version 17 how it was written',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 124,
  labels: {},
  metrics: {
    records: counter('count', 'WAL records generated'),
    fpi: counter('count', 'Full page images generated'),
    bytes: counter('bytes', 'WAL generated'),
    fpi_bytes: counter('bytes', 'WAL generated as full page images'),
    buffers_full: counter('count', 'Times WAL was written because its buffers were full'),
    write: counter('count', 'Times WAL buffers were written out'),
    sync: counter('count', 'Times WAL files were synced to disk'),
    write_time: counter('seconds', 'Time spent writing WAL buffers, 0 unless track_wal_io_timing is on'),
    sync_time: counter('seconds', 'Time spent syncing WAL files, 0 unless track_wal_io_timing is on'),
    reset_time: gauge('timestamp_seconds', 'When these statistics were last reset'),
  },
  variants: [
    {
      branch: 'pg_wal_19',
      since: 190000,
      omits: ['write', 'sync', 'write_time', 'sync_time'],
      sql: `${generated},
  wal_fpi_bytes AS fpi_bytes
FROM pg_stat_wal`,
    },
    {
      branch: 'pg_wal_18',
      since: 180000,
      until: 190000,
      omits: ['fpi_bytes', 'write', 'sync', 'write_time', 'sync_time'],
      sql: `${generated}
FROM pg_stat_wal`,
    },
    {
      branch: 'pg_wal_14',
      since: 140000,
      until: 180000,
      omits: ['fpi_bytes'],
      sql: `${generated},
  wal_write AS write,
  wal_sync AS sync,
  wal_write_time / 1000 AS write_time,
  wal_sync_time / 1000 AS sync_time
FROM pg_stat_wal`,
    },
  ],
});
