import { pgbouncerDatabase, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { durationText } from '../../site/duration-text.ts';

export const pgbouncerDatabaseDisabled = defineAlertFor((site) => ({
  name: 'PgbouncerDatabaseDisabled',
  severity: 'warning',
  for: durationText(site.thresholds.poolerPause),
  expr: promql`max by (job, cls, ins, datname) (${pgbouncerDatabase.m.disabled}) == 1`,
  labels: ['job', 'cls', 'ins', 'datname'],
  summary: {
    en: 'PgBouncer of {{ $labels.ins }} refuses new clients of {{ $labels.datname }}',
    zh: '{{ $labels.ins }} 的 PgBouncer 拒绝 {{ $labels.datname }} 的新客户端',
  },
  description: {
    en: 'DISABLE was given on the console: whoever connects now gets an error.',
    zh: '控制台执行过 DISABLE：新连接会报错。',
  },
  runbook: [
    '`SHOW DATABASES` on the console: column disabled.',
    'When the work is done: `ENABLE {{ $labels.datname }}` on the console.',
  ],
}));
