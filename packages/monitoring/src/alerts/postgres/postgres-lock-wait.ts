import { pgBlocked, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';

export const postgresLockWait = defineAlertFor((site) => ({
  name: 'PostgresLockWait',
  severity: 'warning',
  for: '0s',
  expr: promql`max by (job, cls, ins) (${pgBlocked.m.longest_wait_seconds}) > ${site.thresholds.lockWait}`,
  labels: ['job', 'cls', 'ins'],
  summary: {
    en: 'A session on {{ $labels.ins }} has waited for a lock for {{ $value | humanizeDuration }}',
    zh: '{{ $labels.ins }} 上有会话等待锁已达 {{ $value | humanizeDuration }}',
  },
  description: {
    en: 'Statements queue behind it: DDL that waits blocks every later reader of the table.',
    zh: '后续语句在其后排队：等待中的 DDL 会阻塞该表之后的所有读者。',
  },
  runbook: [
    'Who waits for whom: `SELECT pid, pg_blocking_pids(pid), left(query, 60) FROM pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0`.',
    'End the root of the chain, or the waiting DDL; run DDL with lock_timeout.',
  ],
}));
