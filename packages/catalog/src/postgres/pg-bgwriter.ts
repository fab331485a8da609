import { counter, defineCollector, gauge } from '../model.ts';

const cleaning = `
SELECT
  buffers_clean AS buffers_clean,
  maxwritten_clean AS maxwritten_clean,
  buffers_alloc AS buffers_alloc,
  extract(EPOCH FROM stats_reset) AS reset_time`;

/** pg_stat_bgwriter. Version 17 moved checkpoints to pg_checkpointer and writes of sessions to pg_io. */
export const pgBgwriter = defineCollector({
  id: 'pg_bgwriter',
  source: 'postgres',
  scope: 'instance',
  help: 'Background writer, and until version 16 checkpoints and writes of sessions',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 115,
  labels: {},
  metrics: {
    checkpoints_timed: counter('count', 'Checkpoints started by time, until version 16'),
    checkpoints_req: counter('count', 'Checkpoints started by request, until version 16'),
    checkpoint_write_time: counter('seconds', 'Time checkpoints spent writing files, until version 16'),
    checkpoint_sync_time: counter('seconds', 'Time checkpoints spent syncing files, until version 16'),
    buffers_checkpoint: counter('count', 'Buffers written by checkpoints, until version 16'),
    buffers_clean: counter('count', 'Buffers written by the background writer'),
    buffers_backend: counter('count', 'Buffers sessions had to write themselves, until version 16'),
    maxwritten_clean: counter('count', 'Rounds the background writer ended because it had written its limit'),
    buffers_backend_fsync: counter('count', 'Files sessions had to sync themselves, until version 16'),
    buffers_alloc: counter('count', 'Buffers allocated'),
    reset_time: gauge('timestamp_seconds', 'When these statistics were last reset'),
  },
  variants: [
    {
      branch: 'pg_bgwriter_17',
      since: 170000,
      omits: [
        'checkpoints_timed',
        'checkpoints_req',
        'checkpoint_write_time',
        'checkpoint_sync_time',
        'buffers_checkpoint',
        'buffers_backend',
        'buffers_backend_fsync',
      ],
      sql: `${cleaning}
FROM pg_stat_bgwriter`,
    },
    {
      branch: 'pg_bgwriter_10',
      since: 90400,
      until: 170000,
      sql: `${cleaning},
  checkpoints_timed AS checkpoints_timed,
  checkpoints_req AS checkpoints_req,
  checkpoint_write_time / 1000 AS checkpoint_write_time,
  checkpoint_sync_time / 1000 AS checkpoint_sync_time,
  buffers_checkpoint AS buffers_checkpoint,
  buffers_backend AS buffers_backend,
  buffers_backend_fsync AS buffers_backend_fsync
FROM pg_stat_bgwriter`,
    },
  ],
});
