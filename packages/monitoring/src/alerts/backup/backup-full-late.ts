import { backrestNewestMetrics, promql, select } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';

export const backupFullLate = defineAlertFor((site) => ({
  name: 'BackupFullLate',
  severity: 'warning',
  for: '5m',
  expr: promql`time() - max by (job, cls, stanza, repo_key) (${select(backrestNewestMetrics.backrestNewestStopTimestampSeconds, { backup_type: 'full' })}) > ${site.thresholds.fullBackupAge}`,
  labels: ['job', 'cls', 'stanza', 'repo_key'],
  summary: {
    en: 'The newest full backup of {{ $labels.stanza }} in repository {{ $labels.repo_key }} is {{ $value | humanizeDuration }} old',
    zh: '{{ $labels.stanza }} 在仓库 {{ $labels.repo_key }} 中的最新全量备份已有 {{ $value | humanizeDuration }}',
  },
  description: {
    en: 'Every later backup depends on it: one damaged file there damages them all.',
    zh: '之后的所有备份都依赖它：其中一个文件损坏会影响全部。',
  },
  runbook: [
    'Make one: `pgbackrest --stanza={{ $labels.stanza }} --repo={{ $labels.repo_key }} --type=full backup` on the primary.',
    'Check the schedule of full backups.',
  ],
}));
