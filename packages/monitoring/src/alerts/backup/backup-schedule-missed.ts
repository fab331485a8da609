import { backrestScheduleMetrics, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const backupScheduleMissed = defineAlert({
  name: 'BackupScheduleMissed',
  severity: 'warning',
  for: '5m',
  expr: promql`max by (job, cls, stanza, repo_key, backup_type) (${backrestScheduleMetrics.backrestScheduleMissed}) == 1`,
  labels: ['job', 'cls', 'stanza', 'repo_key', 'backup_type'],
  summary: {
    en: 'The {{ $labels.backup_type }} backup of {{ $labels.stanza }} due in repository {{ $labels.repo_key }} was not made',
    zh: '{{ $labels.stanza }} 在仓库 {{ $labels.repo_key }} 到期的 {{ $labels.backup_type }} 备份未执行',
  },
  description: {
    en: 'The declared schedule wanted one by now, and the repository holds none of that time.',
    zh: '按声明的计划此刻应已有备份，但仓库中没有。',
  },
  runbook: [
    '`pgbackrest --stanza={{ $labels.stanza }} info`, then the timer or crontab on the primary.',
    'Make it by hand: `pgbackrest --stanza={{ $labels.stanza }} --repo={{ $labels.repo_key }} --type={{ $labels.backup_type }} backup`.',
  ],
  needs: 'a schedule declared to the pgBackRest exporter',
});
