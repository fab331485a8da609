import { backrestExporterMetrics, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const backrestTaskFailing = defineAlert({
  name: 'BackrestTaskFailing',
  severity: 'warning',
  for: '15m',
  expr: promql`max by (job, cls, ins, task) (${backrestExporterMetrics.backrestTaskSuccess}) == 0`,
  labels: ['job', 'cls', 'ins', 'task'],
  summary: {
    en: 'The pgBackRest exporter of {{ $labels.ins }} fails to collect {{ $labels.task }}',
    zh: '{{ $labels.ins }} 的 pgBackRest 采集器无法采集 {{ $labels.task }}',
  },
  description: {
    en: 'What it shows of {{ $labels.task }} is missing or old, and alerts that read it are blind.',
    zh: '{{ $labels.task }} 的数据缺失或过期，依赖它的告警失明。',
  },
  runbook: [
    'The class of the error: `pgbackrest_exporter_task_last_error_info` of {{ $labels.ins }}; then its log.',
    'Run the same by hand as its user: `pgbackrest info --output=json`.',
  ],
});
