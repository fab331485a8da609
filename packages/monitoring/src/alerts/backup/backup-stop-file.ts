import { backrestLocalMetrics, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const backupStopFile = defineAlert({
  name: 'BackupStopFile',
  severity: 'warning',
  for: '15m',
  expr: promql`max by (job, cls, ins, stanza) (${backrestLocalMetrics.backrestStopFile}) == 1`,
  labels: ['job', 'cls', 'ins', 'stanza'],
  summary: { en: 'pgBackRest on {{ $labels.ins }} has been stopped', zh: '{{ $labels.ins }} 上的 pgBackRest 已被停止' },
  description: {
    en: 'A stop file forbids archiving and backups there: WAL piles up. It was made by `pgbackrest stop`.',
    zh: '停止文件禁止了归档与备份：WAL 正在堆积。该文件由 `pgbackrest stop` 创建。',
  },
  runbook: ['When the work is done: `pgbackrest --stanza={{ $labels.stanza }} start` on {{ $labels.ins }}.'],
});
