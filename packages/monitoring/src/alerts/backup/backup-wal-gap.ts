import { backrestWalMetrics, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const backupWalGap = defineAlert({
  name: 'BackupWalGap',
  severity: 'critical',
  for: '10m',
  expr: promql`max by (job, cls, stanza, repo_key) (${backrestWalMetrics.backrestWalGaps}) > 0`,
  labels: ['job', 'cls', 'stanza', 'repo_key'],
  summary: {
    en: 'WAL of {{ $labels.stanza }} is missing in repository {{ $labels.repo_key }}',
    zh: '{{ $labels.stanza }} 在仓库 {{ $labels.repo_key }} 中缺失 WAL',
  },
  description: {
    en: 'The archive has {{ $value }} gaps after the oldest backup: no moment beyond a gap can be restored from a backup before it. pgBackRest does not say so.',
    zh: '最旧备份之后的归档存在 {{ $value }} 处缺口：缺口之前的备份无法恢复到缺口之后的任何时刻。pgBackRest 本身不会报告。',
  },
  runbook: [
    'Is the segment still in pg_wal of a member? `pgbackrest --stanza={{ $labels.stanza }} archive-push <path>` there.',
    'Make a backup at once: recovery is whole from it on.',
    'Find out why: archive-push-queue-max, a stop file, an archive_command that says yes too early.',
  ],
});
