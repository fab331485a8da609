import { backrestArchiverMetrics, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const backupWalLost = defineAlert({
  name: 'BackupWalLost',
  severity: 'critical',
  for: '5m',
  expr: promql`max by (job, cls, stanza, repo_key) (${backrestArchiverMetrics.backrestArchiverLostSegments}) > 0`,
  labels: ['job', 'cls', 'stanza', 'repo_key'],
  summary: {
    en: 'WAL that {{ $labels.stanza }} believes archived is not in repository {{ $labels.repo_key }}',
    zh: '{{ $labels.stanza }} 认为已归档的 WAL 不在仓库 {{ $labels.repo_key }} 中',
  },
  description: {
    en: 'archive_command reported success for {{ $value }} segments the repository does not hold: WAL is being dropped in silence.',
    zh: 'archive_command 对 {{ $value }} 个段报告成功，但仓库中没有：WAL 正被静默丢弃。',
  },
  runbook: [
    'archive-push-queue-max set? It throws WAL away when the repository is slow, and calls it archived.',
    '`SHOW archive_command`: is it pgBackRest, of this stanza?',
    'Make a backup at once.',
  ],
});
