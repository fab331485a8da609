import { promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { targetUp } from '../../site/target-series.ts';

export const pgbouncerExporterDown = defineAlertFor((site) => ({
  name: 'PgbouncerExporterDown',
  severity: 'warning',
  for: '1m',
  expr: promql`${targetUp(site, 'pgbouncer')} == 0`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance'],
  summary: {
    en: 'The PgBouncer exporter {{ $labels.instance }} of {{ $labels.ins }} cannot be scraped',
    zh: '无法采集 {{ $labels.ins }} 的 PgBouncer 采集器 {{ $labels.instance }}',
  },
  description: {
    en: 'Alerts on the pooler of {{ $labels.ins }} are blind until it answers.',
    zh: '在其恢复应答之前，{{ $labels.ins }} 连接池的告警处于失明状态。',
  },
  runbook: [
    'On the node: `systemctl status pgbouncer_exporter` (or pgattest-agent) and `curl -s http://127.0.0.1:9631/health`.',
  ],
}));
