import { pgbouncerSelfMetrics, promql, select } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const pgbouncerMonitorRefused = defineAlert({
  name: 'PgbouncerMonitorRefused',
  severity: 'critical',
  for: '1m',
  expr: promql`max by (job, cls, ins) (${select(pgbouncerSelfMetrics.pgExporterServerLastErrorInfo, { class: 'auth_failed' })}) == 1`,
  labels: ['job', 'cls', 'ins'],
  summary: {
    en: 'PgBouncer of {{ $labels.ins }} refuses the monitor role',
    zh: '{{ $labels.ins }} 的 PgBouncer 拒绝监控账号登录',
  },
  description: {
    en: 'Its console does not let the exporter in: auth_file, auth_query or stats_users was changed.',
    zh: '控制台拒绝采集器登录：auth_file、auth_query 或 stats_users 已变更。',
  },
  runbook: ['Compare auth_file with the password of the role, and stats_users in pgbouncer.ini; then `RELOAD`.'],
});
