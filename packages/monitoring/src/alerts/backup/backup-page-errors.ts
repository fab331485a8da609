import { backrestLastMetrics, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

/** The server may not have noticed: a page that is cached, or never read, fails no checksum there. */
export const backupPageErrors = defineAlert({
  name: 'BackupPageErrors',
  severity: 'critical',
  for: '0s',
  expr: promql`max by (job, cls, stanza) (${backrestLastMetrics.backrestLastErrorStatus}) == 1`,
  labels: ['job', 'cls', 'stanza'],
  summary: {
    en: 'The last backup of {{ $labels.stanza }} found damaged pages',
    zh: '{{ $labels.stanza }} 最近一次备份发现损坏的数据页',
  },
  description: {
    en: 'Page checksums failed while files of {{ $labels.cls }} were copied. pgBackRest ends with exit code 0 all the same.',
    zh: '复制 {{ $labels.cls }} 的文件时数据页校验失败。pgBackRest 此时仍以退出码 0 结束。',
  },
  runbook: [
    'Which files: `pgbackrest --stanza={{ $labels.stanza }} info --set=<label> --output=json`, key error-list.',
    'Compare with a replica (amcheck, pg_dump of the table); fail over to one that is clean.',
    'Keep the older backups: raise retention before the next expire.',
  ],
});
