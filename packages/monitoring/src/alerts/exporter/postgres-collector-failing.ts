import { pgExporterQueryScrapeErrorCount, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const postgresCollectorFailing = defineAlert({
  name: 'PostgresCollectorFailing',
  severity: 'warning',
  for: '5m',
  expr: promql`increase(${pgExporterQueryScrapeErrorCount}[5m]) > 0`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance', 'datname', 'query'],
  summary: {
    en: 'Collector {{ $labels.query }} fails on {{ $labels.ins }}',
    zh: '{{ $labels.ins }} 上的采集项 {{ $labels.query }} 持续失败',
  },
  description: {
    en: 'The metrics of {{ $labels.query }} are missing or old, and alerts that read them are blind on {{ $labels.ins }}.',
    zh: '采集项 {{ $labels.query }} 的指标缺失或过期，依赖它的告警在 {{ $labels.ins }} 上失明。',
  },
  runbook: [
    'See the reason: `pg_exporter_query_last_error_info{ins="{{ $labels.ins }}"}` and the exporter log.',
    'permission_denied: grant pg_monitor to the monitor role. timeout: see which lock or load slows the query down.',
    '`curl -s http://<node>:9630/explain` prints the statement to try in psql as the monitor role.',
  ],
});
