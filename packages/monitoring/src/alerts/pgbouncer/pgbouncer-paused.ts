import { pgbouncerDatabase, pgbouncerState, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { durationText } from '../../site/duration-text.ts';

export const pgbouncerPaused = defineAlertFor((site) => ({
  name: 'PgbouncerPaused',
  severity: 'warning',
  for: durationText(site.thresholds.poolerPause),
  expr: promql`max by (job, cls, ins, datname) (${pgbouncerDatabase.m.paused}) == 1 or label_replace(max by (job, cls, ins) (${pgbouncerState.m.paused}) == 1, "datname", "(all)", "", "")`,
  labels: ['job', 'cls', 'ins', 'datname'],
  summary: {
    en: 'PgBouncer of {{ $labels.ins }} has been paused for {{ $labels.datname }}',
    zh: '{{ $labels.ins }} 的 PgBouncer 已暂停 {{ $labels.datname }}',
  },
  description: {
    en: `Clients wait until RESUME, for ${durationText(site.thresholds.poolerPause)} already: forgotten after maintenance?`,
    zh: `客户端需等到 RESUME，已暂停 ${durationText(site.thresholds.poolerPause)}：是否为维护后遗忘？`,
  },
  runbook: ['`SHOW DATABASES` on the console: column paused.', 'When the work is done: `RESUME` on the console.'],
}));
