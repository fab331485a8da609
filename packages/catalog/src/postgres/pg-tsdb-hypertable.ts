import { defineCollector, gauge } from '../model.ts';

/** TimescaleDB's hypertables. Off by default: hypertable_size() adds up every chunk and locks each for that. */
export const pgTsdbHypertable = defineCollector({
  id: 'pg_tsdb_hypertable',
  source: 'postgres',
  scope: 'database',
  help: 'Hypertables of TimescaleDB',
  cacheSeconds: 60,
  timeoutSeconds: 2,
  skippedByDefault: true,
  priority: 156,
  requires: { extensions: ['timescaledb'], schemas: ['timescaledb_information'] },
  labels: { datname: 'Database', relname: 'Hypertable with its schema, quoted where SQL needs it' },
  metrics: {
    dimensions: gauge('count', 'Dimensions it is partitioned by'),
    chunks: gauge('count', 'Chunks'),
    compressed: gauge('bool', 'Whether compression is on'),
    bytes: gauge('bytes', 'Disk space of all chunks with indexes and TOAST'),
  },
  variants: [
    {
      branch: 'pg_tsdb_hypertable',
      since: 100000,
      sql: `
SELECT
  current_database() AS datname,
  h.qualified AS relname,
  h.num_dimensions AS dimensions,
  h.num_chunks AS chunks,
  h.compression_enabled AS compressed,
  hypertable_size(h.qualified::regclass) AS bytes
FROM (
  SELECT
    format('%I.%I', hypertable_schema, hypertable_name) AS qualified,
    num_dimensions,
    num_chunks,
    compression_enabled
  FROM timescaledb_information.hypertables
) AS h`,
    },
  ],
});
