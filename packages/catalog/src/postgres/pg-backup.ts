import { defineCollector, gauge, state } from '../model.ts';

/** pg_stat_progress_basebackup: base backups being sent. */
export const pgBackup = defineCollector({
  id: 'pg_backup',
  source: 'postgres',
  scope: 'instance',
  help: 'Progress of base backups',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 136,
  labels: { pid: 'WAL sender process that sends the backup' },
  metrics: {
    phase: state('What the backup is doing', {
      [-1]: 'other',
      0: 'initializing',
      1: 'waiting for checkpoint to finish',
      2: 'estimating backup size',
      3: 'streaming database files',
      4: 'waiting for wal archiving to finish',
      5: 'transferring wal files',
    }),
    total_bytes: gauge('bytes', 'Data that will be sent, NaN while or when that is not estimated'),
    sent_bytes: gauge('bytes', 'Data sent'),
  },
  variants: [
    {
      branch: 'pg_backup',
      since: 130000,
      sql: `
SELECT
  pid::text AS pid,
  CASE phase
    WHEN 'initializing' THEN 0
    WHEN 'waiting for checkpoint to finish' THEN 1
    WHEN 'estimating backup size' THEN 2
    WHEN 'streaming database files' THEN 3
    WHEN 'waiting for wal archiving to finish' THEN 4
    WHEN 'transferring wal files' THEN 5
    ELSE -1
  END AS phase,
  backup_total AS total_bytes,
  backup_streamed AS sent_bytes
FROM pg_stat_progress_basebackup`,
    },
  ],
});
