import { pgCore, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const postgresReplayPaused = defineAlert({
  name: 'PostgresReplayPaused',
  severity: 'warning',
  for: '10m',
  expr: promql`${pgCore.m.is_wal_replay_paused} == 1`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance'],
  summary: { en: 'Replay on {{ $labels.ins }} has been paused', zh: '{{ $labels.ins }} 的 WAL 回放已暂停' },
  description: {
    en: 'Somebody called pg_wal_replay_pause: the replica serves older and older data and cannot be promoted quickly.',
    zh: '有人执行了 pg_wal_replay_pause：该从库的数据越来越旧，且无法迅速提升。',
  },
  runbook: [
    'Ask who did it; then `SELECT pg_wal_replay_resume()` on {{ $labels.ins }}.',
    'A setting too small for the primary (max_connections) pauses it as well: its log says so.',
  ],
});
