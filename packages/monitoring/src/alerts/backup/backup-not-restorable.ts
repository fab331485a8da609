import { backrestRecoveryMetrics, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const backupNotRestorable = defineAlert({
  name: 'BackupNotRestorable',
  severity: 'critical',
  for: '10m',
  expr: promql`max by (job, cls, stanza, repo_key) (${backrestRecoveryMetrics.backrestNewestChainStatus}) > 0`,
  labels: ['job', 'cls', 'stanza', 'repo_key'],
  summary: {
    en: 'The newest backup of {{ $labels.stanza }} in repository {{ $labels.repo_key }} cannot be restored',
    zh: '{{ $labels.stanza }} 在仓库 {{ $labels.repo_key }} 中的最新备份无法恢复',
  },
  description: {
    en: 'Reason {{ $value }}: 1 a backup it refers to is not listed, 2 a folder is missing, 3 page checksums failed, 4 WAL is missing, 5 verify found it invalid.',
    zh: '原因 {{ $value }}：1 引用的备份未列出，2 目录缺失，3 数据页校验失败，4 缺少 WAL，5 verify 判定无效。',
  },
  runbook: [
    'See the chain: `pgbackrest --stanza={{ $labels.stanza }} --repo={{ $labels.repo_key }} info --set=<label>`.',
    'Make a full backup at once, then find out who removed or damaged the old one.',
  ],
});
