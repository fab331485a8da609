import { backrestRecoveryMetrics, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const backupMissing = defineAlert({
  name: 'BackupMissing',
  severity: 'critical',
  for: '10m',
  expr: promql`max by (job, cls, stanza, repo_key) (${backrestRecoveryMetrics.backrestRestorableBackups}) == 0`,
  labels: ['job', 'cls', 'stanza', 'repo_key'],
  summary: {
    en: 'Repository {{ $labels.repo_key }} of {{ $labels.stanza }} holds no backup that can be restored',
    zh: '{{ $labels.stanza }} 的仓库 {{ $labels.repo_key }} 中没有可恢复的备份',
  },
  description: {
    en: 'Each backup there lacks a file of its chain, WAL it needs, or failed its checks.',
    zh: '其中每个备份都缺少链上的文件、所需的 WAL，或未通过校验。',
  },
  runbook: [
    '`pgbackrest_unrestorable_backups` names the reasons; then `pgbackrest --stanza={{ $labels.stanza }} --repo={{ $labels.repo_key }} info`.',
    'Make a full backup at once: `pgbackrest --stanza={{ $labels.stanza }} --repo={{ $labels.repo_key }} --type=full backup`.',
  ],
});
