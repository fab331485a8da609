import { backrestStanzaMetrics, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const backupRepositoryFailing = defineAlert({
  name: 'BackupRepositoryFailing',
  severity: 'critical',
  for: '5m',
  expr: promql`max by (job, cls, stanza, repo_key) (${backrestStanzaMetrics.backrestRepoStatus}) > 0`,
  labels: ['job', 'cls', 'stanza', 'repo_key'],
  summary: {
    en: 'Backup repository {{ $labels.repo_key }} of {{ $labels.stanza }} is not usable',
    zh: '{{ $labels.stanza }} 的备份仓库 {{ $labels.repo_key }} 不可用',
  },
  description: {
    en: 'pgBackRest gives it the status {{ $value }} (1 no stanza path, 2 no backup, 3 no stanza data, 99 other): nothing can be restored from it as it is.',
    zh: 'pgBackRest 报告状态 {{ $value }}（1 无 stanza 路径，2 无备份，3 无 stanza 数据，99 其他）：当前无法从中恢复。',
  },
  runbook: [
    '`pgbackrest --stanza={{ $labels.stanza }} --repo={{ $labels.repo_key }} info` says why.',
    'Reachable and writable? `pgbackrest --stanza={{ $labels.stanza }} check` on the primary.',
    'A repository that is new needs `stanza-create` and a full backup.',
  ],
});
