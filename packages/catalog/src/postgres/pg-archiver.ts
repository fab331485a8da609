import { counter, defineCollector, gauge } from '../model.ts';

/** pg_stat_archiver: has WAL archiving worked, and when. A time that never was is NULL. */
export const pgArchiver = defineCollector({
  id: 'pg_archiver',
  source: 'postgres',
  scope: 'instance',
  help: 'Successes and failures of WAL archiving',
  cacheSeconds: 60,
  timeoutSeconds: 0.1,
  priority: 114,
  labels: {},
  metrics: {
    finish_count: counter('count', 'WAL files archived'),
    failed_count: counter('count', 'Failed attempts to archive a WAL file'),
    finish_time: gauge('timestamp_seconds', 'When a WAL file was last archived'),
    failed_time: gauge('timestamp_seconds', 'When archiving a WAL file last failed'),
    reset_time: gauge('timestamp_seconds', 'When these statistics were last reset'),
  },
  variants: [
    {
      branch: 'pg_archiver',
      since: 90400,
      sql: `
SELECT
  archived_count AS finish_count,
  failed_count AS failed_count,
  extract(EPOCH FROM last_archived_time) AS finish_time,
  extract(EPOCH FROM last_failed_time) AS failed_time,
  extract(EPOCH FROM stats_reset) AS reset_time
FROM pg_stat_archiver`,
    },
  ],
});
