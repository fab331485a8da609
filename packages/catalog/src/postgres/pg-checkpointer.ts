import { counter, defineCollector, gauge } from '../model.ts';

const since17 = `
SELECT
  num_timed AS timed,
  num_requested AS req,
  restartpoints_timed AS restartpoints_timed,
  restartpoints_req AS restartpoints_req,
  restartpoints_done AS restartpoints_done,
  write_time / 1000 AS write_time,
  sync_time / 1000 AS sync_time,
  buffers_written AS buffers_written,
  extract(EPOCH FROM stats_reset) AS reset_time`;

/** pg_stat_checkpointer, and its part of pg_stat_bgwriter until version 16, under the same names. */
export const pgCheckpointer = defineCollector({
  id: 'pg_checkpointer',
  source: 'postgres',
  scope: 'instance',
  help: 'Checkpoints and restartpoints, and what they write',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 116,
  labels: {},
  metrics: {
    timed: counter('count', 'Checkpoints started by time, skipped ones included from version 17'),
    req: counter('count', 'Checkpoints started by request'),
    done: counter('count', 'Checkpoints finished, version 18 or later'),
    restartpoints_timed: counter('count', 'Restartpoints started by time, version 17 or later'),
    restartpoints_req: counter('count', 'Restartpoints started by request, version 17 or later'),
    restartpoints_done: counter('count', 'Restartpoints finished, version 17 or later'),
    write_time: counter('seconds', 'Time spent writing files'),
    sync_time: counter('seconds', 'Time spent syncing files'),
    buffers_written: counter('count', 'Shared buffers written'),
    slru_written: counter('count', 'Buffers of small caches written, version 18 or later'),
    reset_time: gauge('timestamp_seconds', 'When these statistics were last reset'),
  },
  variants: [
    {
      branch: 'pg_checkpointer_18',
      since: 180000,
      sql: `${since17},
  num_done AS done,
  slru_written AS slru_written
FROM pg_stat_checkpointer`,
    },
    {
      branch: 'pg_checkpointer_17',
      since: 170000,
      until: 180000,
      omits: ['done', 'slru_written'],
      sql: `${since17}
FROM pg_stat_checkpointer`,
    },
    {
      branch: 'pg_checkpointer_10',
      since: 90400,
      until: 170000,
      omits: ['done', 'slru_written', 'restartpoints_timed', 'restartpoints_req', 'restartpoints_done'],
      sql: `
SELECT
  checkpoints_timed AS timed,
  checkpoints_req AS req,
  checkpoint_write_time / 1000 AS write_time,
  checkpoint_sync_time / 1000 AS sync_time,
  buffers_checkpoint AS buffers_written,
  extract(EPOCH FROM stats_reset) AS reset_time
FROM pg_stat_bgwriter`,
    },
  ],
});
