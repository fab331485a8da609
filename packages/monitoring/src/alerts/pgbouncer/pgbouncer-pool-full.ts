import { pgbouncerDatabase, pgbouncerPool, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';

export const pgbouncerPoolFull = defineAlertFor((site) => ({
  name: 'PgbouncerPoolFull',
  severity: 'warning',
  for: '5m',
  expr: promql`sum by (job, cls, ins, datname, user) (${pgbouncerPool.m.active_servers}) / on (job, cls, ins, datname) group_left () max by (job, cls, ins, datname) (${pgbouncerDatabase.m.pool_size} + ${pgbouncerDatabase.m.reserve_pool}) > ${site.thresholds.poolUsage}`,
  labels: ['job', 'cls', 'ins', 'datname', 'user'],
  summary: {
    en: 'The pool of {{ $labels.user }} for {{ $labels.datname }} on {{ $labels.ins }} is {{ $value | humanizePercentage }} in use',
    zh: '{{ $labels.ins }} 上 {{ $labels.user }} 到 {{ $labels.datname }} 的连接池已使用 {{ $value | humanizePercentage }}',
  },
  description: {
    en: 'Nearly all connections that PgBouncer may open for this pool, the reserve included, are active: the next clients queue.',
    zh: 'PgBouncer 可为该池打开的连接（含预留）几乎全部处于活动状态：后续客户端将排队。',
  },
  runbook: [
    `See what they do: \`SELECT state, wait_event, left(query, 60) FROM pg_stat_activity WHERE usename = '{{ $labels.user }}'\`.`,
    'Idle in transaction or slow statements: fix these; else raise pool_size of the database.',
  ],
}));
