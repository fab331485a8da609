import { pgExporterServerLastErrorInfo, promql, select } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const postgresMonitorRefused = defineAlert({
  name: 'PostgresMonitorRefused',
  severity: 'critical',
  for: '1m',
  expr: promql`max by (job, cls, ins, datname, sqlstate) (${select(pgExporterServerLastErrorInfo, { class: 'auth_failed' })}) == 1`,
  labels: ['job', 'cls', 'ins', 'datname', 'sqlstate'],
  summary: { en: '{{ $labels.ins }} refuses the monitor role', zh: '{{ $labels.ins }} 拒绝监控账号登录' },
  description: {
    en: 'Authentication for {{ $labels.datname }} fails ({{ $labels.sqlstate }}): its password, validity or pg_hba.conf was changed. Nothing is known about the server meanwhile.',
    zh: '登录 {{ $labels.datname }} 认证失败（{{ $labels.sqlstate }}）：密码、有效期或 pg_hba.conf 已变更。期间无法获知该服务器的状态。',
  },
  runbook: [
    '`SELECT rolvaliduntil FROM pg_roles` for the role, and its line in pg_hba_file_rules.',
    'Put the new password where the exporter reads it; no restart is needed.',
  ],
});
