import { backrestStanzaMetrics, backrestVerifyMetrics, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { durationText } from '../../site/duration-text.ts';

export const backupNeverVerified = defineAlertFor((site) => ({
  name: 'BackupNeverVerified',
  severity: 'info',
  for: durationText(site.thresholds.verifyAge),
  expr: promql`count by (job, cls, stanza, repo_key) (${backrestStanzaMetrics.backrestRepoStatus}) unless on (job, cls, stanza, repo_key) ${backrestVerifyMetrics.backrestVerifyTimestampSeconds}`,
  labels: ['job', 'cls', 'stanza', 'repo_key'],
  summary: {
    en: 'Repository {{ $labels.repo_key }} of {{ $labels.stanza }} has never been verified',
    zh: '{{ $labels.stanza }} 的仓库 {{ $labels.repo_key }} 从未校验',
  },
  description: {
    en: `The exporter knows no verification of it in ${durationText(site.thresholds.verifyAge)}: that its backups can be read is an assumption.`,
    zh: `采集器在 ${durationText(site.thresholds.verifyAge)} 内未见任何校验：备份可读只是假设。`,
  },
  runbook: ['Run `pgattest drill backup-check` by a timer, or give the exporter an interval for verify.'],
}));
