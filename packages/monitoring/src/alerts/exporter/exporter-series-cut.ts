import { pgExporterQueryCutSeries, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const exporterSeriesCut = defineAlert({
  name: 'ExporterSeriesCut',
  severity: 'info',
  for: '10m',
  expr: promql`max by (job, cls, ins, datname, query) (${pgExporterQueryCutSeries}) > 0`,
  labels: ['job', 'cls', 'ins', 'datname', 'query'],
  summary: {
    en: 'Collector {{ $labels.query }} of {{ $labels.ins }} leaves out {{ $value }} series',
    zh: '{{ $labels.ins }} 的采集项 {{ $labels.query }} 省略了 {{ $value }} 个序列',
  },
  description: {
    en: 'It returned more than the limit: some objects are not watched.',
    zh: '返回结果超出上限：部分对象未被监控。',
  },
  runbook: ['Raise the limit (`--web.max-series`), or narrow the collector.'],
});
