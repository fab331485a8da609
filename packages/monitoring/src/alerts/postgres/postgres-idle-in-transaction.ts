import { pgIdleTransaction, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';

export const postgresIdleInTransaction = defineAlertFor((site) => ({
  name: 'PostgresIdleInTransaction',
  severity: 'warning',
  for: '0s',
  expr: promql`max by (job, cls, ins, datname, usename) (${pgIdleTransaction.m.longest_idle_seconds}) > ${site.thresholds.idleTransaction}`,
  labels: ['job', 'cls', 'ins', 'datname', 'usename'],
  summary: {
    en: 'A session of {{ $labels.usename }} in {{ $labels.datname }} on {{ $labels.ins }} has been idle in a transaction for {{ $value | humanizeDuration }}',
    zh: '{{ $labels.ins }} 上 {{ $labels.usename }} 在 {{ $labels.datname }} 的会话已空闲于事务中 {{ $value | humanizeDuration }}',
  },
  description: {
    en: 'It keeps its locks, and VACUUM removes no row that it could still see: tables grow.',
    zh: '它保持着锁，且 VACUUM 无法清理它可能仍可见的行：表会膨胀。',
  },
  runbook: [
    '`SELECT pid, application_name, client_addr, xact_start, left(query, 60) FROM pg_stat_activity WHERE state LIKE $$idle in transaction%$$ ORDER BY xact_start`.',
    'Ask its owner, or end it: `SELECT pg_terminate_backend(<pid>)`.',
    'Set idle_in_transaction_session_timeout for the role.',
  ],
}));
