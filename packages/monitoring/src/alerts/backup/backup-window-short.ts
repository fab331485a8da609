import { backrestRecoveryMetrics, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { durationText } from '../../site/duration-text.ts';

/** The window of a new cluster is short and grows; one that was longer and shrank has lost something. */
export const backupWindowShort = defineAlertFor((site) => ({
  name: 'BackupWindowShort',
  severity: 'warning',
  for: '1h',
  expr: promql`min by (job, cls, stanza, repo_key) (${backrestRecoveryMetrics.backrestRecoveryWindowSeconds}) < ${site.thresholds.recoveryWindow} and on (job, cls, stanza, repo_key) min by (job, cls, stanza, repo_key) (${backrestRecoveryMetrics.backrestRecoveryWindowSeconds}) < 0.9 * max by (job, cls, stanza, repo_key) (max_over_time(${backrestRecoveryMetrics.backrestRecoveryWindowSeconds}[7d]))`,
  labels: ['job', 'cls', 'stanza', 'repo_key'],
  summary: {
    en: '{{ $labels.stanza }} can be restored over the last {{ $value | humanizeDuration }} only, from repository {{ $labels.repo_key }}',
    zh: '{{ $labels.stanza }} 在仓库 {{ $labels.repo_key }} 中仅能恢复最近 {{ $value | humanizeDuration }}',
  },
  description: {
    en: `The window of restorable moments has shrunk below ${durationText(site.thresholds.recoveryWindow)}: a mistake noticed later cannot be undone.`,
    zh: `可恢复时间窗口已缩短到 ${durationText(site.thresholds.recoveryWindow)} 以下：稍后才发现的误操作将无法撤销。`,
  },
  runbook: [
    'Look at BackupWalGap and BackupNotRestorable of {{ $labels.stanza }}: they cut the window.',
    'Otherwise retention is too short: repo-retention-full and repo-retention-archive.',
  ],
}));
