import { counter, defineCollector, gauge } from '../model.ts';

/** pg_stat_recovery_prefetch: how replay reads ahead. */
export const pgRecoveryPrefetch = defineCollector({
  id: 'pg_recovery_prefetch',
  source: 'postgres',
  scope: 'instance',
  help: 'Prefetching of blocks during replay',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 120,
  labels: {},
  metrics: {
    prefetch: counter('count', 'Blocks prefetched'),
    hit: counter('count', 'Blocks not prefetched because they were in the buffer cache'),
    skip_init: counter('count', 'Blocks not prefetched because replay will fill them with zeros'),
    skip_new: counter('count', 'Blocks not prefetched because they did not exist yet'),
    skip_fpw: counter('count', 'Blocks not prefetched because the WAL has the whole page'),
    skip_rep: counter('count', 'Blocks not prefetched because they had just been'),
    wal_distance: gauge('bytes', 'How far ahead of replay the prefetcher reads WAL'),
    block_distance: gauge('count', 'Blocks the prefetcher is ahead'),
    io_depth: gauge('count', 'Prefetches begun and not known to have ended'),
    reset_time: gauge('timestamp_seconds', 'When these statistics were last reset'),
  },
  variants: [
    {
      branch: 'pg_recovery_prefetch',
      since: 150000,
      role: 'replica',
      sql: `
SELECT
  prefetch AS prefetch,
  hit AS hit,
  skip_init AS skip_init,
  skip_new AS skip_new,
  skip_fpw AS skip_fpw,
  skip_rep AS skip_rep,
  wal_distance AS wal_distance,
  block_distance AS block_distance,
  io_depth AS io_depth,
  extract(EPOCH FROM stats_reset) AS reset_time
FROM pg_stat_recovery_prefetch`,
    },
  ],
});
