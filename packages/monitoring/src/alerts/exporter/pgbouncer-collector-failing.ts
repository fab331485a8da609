import { pgbouncerSelfMetrics, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const pgbouncerCollectorFailing = defineAlert({
  name: 'PgbouncerCollectorFailing',
  severity: 'warning',
  for: '5m',
  expr: promql`max by (job, cls, ins, query) (${pgbouncerSelfMetrics.pgExporterQueryUp}) == 0`,
  labels: ['job', 'cls', 'ins', 'query'],
  summary: {
    en: 'Collector {{ $labels.query }} of PgBouncer fails on {{ $labels.ins }}',
    zh: '{{ $labels.ins }} 上 PgBouncer 的采集项 {{ $labels.query }} 持续失败',
  },
  description: {
    en: 'The metrics of {{ $labels.query }} are missing or old.',
    zh: '{{ $labels.query }} 的指标缺失或过期。',
  },
  runbook: [
    'The class of the error: `pgbouncer_exporter_query_last_error_info` of {{ $labels.ins }}; then the log of the exporter.',
    'Its role must be in stats_users of PgBouncer.',
  ],
});
