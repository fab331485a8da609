import { promql } from '@pgattest/catalog';
import { defineAlert } from '../model.ts';
import { standbyLagSeconds } from '../recording/replication.ts';

const limitSeconds = 60;

export const postgresReplicationLagSeconds = defineAlert({
  name: 'PostgresReplicationLagSeconds',
  severity: 'warning',
  for: '2m',
  expr: promql`${standbyLagSeconds} > ${limitSeconds}`,
  labels: ['job', 'cls', 'ins', 'appname'],
  summary: {
    en: '{{ $labels.appname }} replays {{ $value | humanizeDuration }} behind {{ $labels.ins }}',
    zh: '{{ $labels.appname }} 的回放落后 {{ $labels.ins }} {{ $value | humanizeDuration }}',
  },
  description: {
    en: 'Rows committed on the sender become visible on the standby more than a minute later: reads there are stale.',
    zh: '发送端已提交的数据超过一分钟后才在备库可见：备库上的读取结果已过时。',
  },
  runbook: [
    'On the standby look for a query that blocks replay: `SELECT pid, now() - xact_start, query FROM pg_stat_activity WHERE state <> $$idle$$ ORDER BY 2 DESC`.',
    'Check `SELECT pg_is_wal_replay_paused()`; a paused replay resumes with `SELECT pg_wal_replay_resume()`.',
    'Take the standby out of the read service when its readers need fresh rows.',
  ],
});
