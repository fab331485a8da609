import { backrestVerifyMetrics, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';

export const backupVerifyOverdue = defineAlertFor((site) => ({
  name: 'BackupVerifyOverdue',
  severity: 'warning',
  for: '5m',
  expr: promql`time() - max by (job, cls, stanza, repo_key) (${backrestVerifyMetrics.backrestVerifyTimestampSeconds}) > ${site.thresholds.verifyAge}`,
  labels: ['job', 'cls', 'stanza', 'repo_key'],
  summary: {
    en: 'Repository {{ $labels.repo_key }} of {{ $labels.stanza }} was last verified {{ $value | humanizeDuration }} ago',
    zh: '{{ $labels.stanza }} 的仓库 {{ $labels.repo_key }} 上次校验是在 {{ $value | humanizeDuration }} 之前',
  },
  description: {
    en: 'Damage since then is unknown. Nobody wants to find it during a restore.',
    zh: '此后的损坏无从知晓。没有人希望在恢复时才发现。',
  },
  runbook: [
    '`pgattest drill backup-check`, or `pgbackrest --stanza={{ $labels.stanza }} --repo={{ $labels.repo_key }} verify` outside office hours.',
    'Check the timer that should run it.',
  ],
}));
