import { pgDb, pgSetting, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';

export const postgresConnectionsNearlyExhausted = defineAlertFor((site) => ({
  name: 'PostgresConnectionsNearlyExhausted',
  severity: 'warning',
  for: '3m',
  expr: promql`sum by (job, cls, ins) (${pgDb.m.numbackends}) / max by (job, cls, ins) (${pgSetting.m.max_connections}) > ${site.thresholds.connections}`,
  labels: ['job', 'cls', 'ins'],
  summary: {
    en: '{{ $labels.ins }} uses {{ $value | humanizePercentage }} of max_connections',
    zh: '{{ $labels.ins }} 已使用 max_connections 的 {{ $value | humanizePercentage }}',
  },
  description: {
    en: 'When max_connections is reached new sessions are refused, the monitor role included.',
    zh: '达到 max_connections 后新会话会被拒绝，包括监控账号。',
  },
  runbook: [
    'See who holds them: `SELECT usename, application_name, state, count(*) FROM pg_stat_activity GROUP BY 1, 2, 3 ORDER BY 4 DESC`.',
    'Many "idle in transaction": find the application and set idle_in_transaction_session_timeout for its role.',
    'Clients that bypass the pooler: point them at PgBouncer. Raising max_connections needs a restart and more memory.',
  ],
}));
