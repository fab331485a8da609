import { pgExporterQueryAgeSeconds, pgExporterQueryStale, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';

export const exporterResultsStale = defineAlertFor((site) => ({
  name: 'ExporterResultsStale',
  severity: 'warning',
  for: '1m',
  expr: promql`${pgExporterQueryAgeSeconds} > ${site.thresholds.stale} and ${pgExporterQueryStale} == 1`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance', 'datname', 'query'],
  summary: {
    en: 'Collector {{ $labels.query }} of {{ $labels.ins }} shows results that are {{ $value | humanizeDuration }} old',
    zh: '{{ $labels.ins }} 的采集项 {{ $labels.query }} 展示的是 {{ $value | humanizeDuration }} 之前的结果',
  },
  description: {
    en: 'It fails and its last result is kept: graphs look healthy and are not.',
    zh: '该采集项失败后保留了旧结果：图表看似正常，其实不然。',
  },
  runbook: [
    'The class of the error: `pg_exporter_query_last_error_info` of {{ $labels.ins }}.',
    '`curl -s http://<node>:9630/explain` prints the statement to try in psql as the monitor role.',
  ],
}));
