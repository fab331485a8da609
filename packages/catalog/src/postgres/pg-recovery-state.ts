import { counter, defineCollector, gauge, state } from '../model.ts';

/** pg_stat_recovery: where replay stands and whether it is paused or ending. */
export const pgRecoveryState = defineCollector({
  id: 'pg_recovery_state',
  source: 'postgres',
  scope: 'instance',
  help: 'Replay position and pause of a replica',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 121,
  labels: {},
  metrics: {
    promote_triggered: gauge('bool', 'Whether a promotion has been asked for'),
    last_replayed_read_lsn: counter('lsn', 'Where the last record replayed begins'),
    last_replayed_end_lsn: counter('lsn', 'Where the last record replayed ends'),
    last_replayed_tli: gauge('id', 'Timeline of the last record replayed'),
    replay_end_lsn: counter('lsn', 'Where the record being replayed ends'),
    replay_end_tli: gauge('id', 'Timeline of the record being replayed'),
    recovery_last_xact_time: gauge('timestamp_seconds', 'When the last transaction replayed had ended on the primary'),
    current_chunk_start_time: gauge('timestamp_seconds', 'When replay last caught up with what had been received'),
    pause_state: state('Whether replay is paused', { 0: 'not paused', 1: 'pause requested', 2: 'paused' }),
  },
  variants: [
    {
      branch: 'pg_recovery_state',
      since: 190000,
      role: 'replica',
      sql: `
SELECT
  promote_triggered AS promote_triggered,
  last_replayed_read_lsn - '0/0' AS last_replayed_read_lsn,
  last_replayed_end_lsn - '0/0' AS last_replayed_end_lsn,
  last_replayed_tli AS last_replayed_tli,
  replay_end_lsn - '0/0' AS replay_end_lsn,
  replay_end_tli AS replay_end_tli,
  extract(EPOCH FROM recovery_last_xact_time) AS recovery_last_xact_time,
  extract(EPOCH FROM current_chunk_start_time) AS current_chunk_start_time,
  CASE pause_state
    WHEN 'not paused' THEN 0
    WHEN 'pause requested' THEN 1
    WHEN 'paused' THEN 2
  END AS pause_state
FROM pg_stat_recovery`,
    },
  ],
});
