import { counter, defineCollector, gauge } from '../model.ts';

/** pg_stat_slru: the small caches of transaction status, multixacts, subtransactions and the like. */
export const pgSlru = defineCollector({
  id: 'pg_slru',
  source: 'postgres',
  scope: 'instance',
  help: 'Small caches of the server',
  cacheSeconds: 60,
  timeoutSeconds: 0.1,
  priority: 122,
  labels: { name: 'Cache, as this server version calls it' },
  metrics: {
    blks_zeroed: counter('count', 'Blocks filled with zeros'),
    blks_hit: counter('count', 'Blocks found in the cache'),
    blks_read: counter('count', 'Blocks read'),
    blks_written: counter('count', 'Blocks written'),
    blks_exists: counter('count', 'Blocks whose existence was checked'),
    flushes: counter('count', 'Flushes of changed blocks'),
    truncates: counter('count', 'Truncations'),
    reset_time: gauge('timestamp_seconds', 'When these statistics were last reset'),
  },
  variants: [
    {
      branch: 'pg_slru_13',
      since: 130000,
      sql: `
SELECT
  name AS name,
  blks_zeroed AS blks_zeroed,
  blks_hit AS blks_hit,
  blks_read AS blks_read,
  blks_written AS blks_written,
  blks_exists AS blks_exists,
  flushes AS flushes,
  truncates AS truncates,
  extract(EPOCH FROM stats_reset) AS reset_time
FROM pg_stat_slru`,
    },
  ],
});
