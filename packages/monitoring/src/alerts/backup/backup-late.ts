import { backrestNewestMetrics, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';

export const backupLate = defineAlertFor((site) => ({
  name: 'BackupLate',
  severity: 'warning',
  for: '5m',
  expr: promql`time() - max by (job, cls, stanza, repo_key) (${backrestNewestMetrics.backrestNewestStopTimestampSeconds}) > ${site.thresholds.backupAge}`,
  labels: ['job', 'cls', 'stanza', 'repo_key'],
  summary: {
    en: 'The newest backup of {{ $labels.stanza }} in repository {{ $labels.repo_key }} is {{ $value | humanizeDuration }} old',
    zh: '{{ $labels.stanza }} 在仓库 {{ $labels.repo_key }} 中的最新备份已有 {{ $value | humanizeDuration }}',
  },
  description: {
    en: 'A restore would have to replay WAL of all that time: it takes longer than planned, and one missing segment ends it.',
    zh: '恢复时需回放这段时间的全部 WAL：耗时超出计划，且缺失任何一段都会中断恢复。',
  },
  runbook: [
    'See how the last run ended: `pgbackrest_command_last_outcome` and the backup log below /var/log/pgbackrest.',
    'Make one now: `pgbackrest --stanza={{ $labels.stanza }} --repo={{ $labels.repo_key }} --type=diff backup` on the primary.',
    'Check the timer or crontab that should have: it may still be on a former primary.',
  ],
}));
