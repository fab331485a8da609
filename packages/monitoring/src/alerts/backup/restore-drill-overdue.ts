import { backrestDrillMetrics, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';

export const restoreDrillOverdue = defineAlertFor((site) => ({
  name: 'RestoreDrillOverdue',
  severity: 'warning',
  for: '5m',
  expr: promql`time() - max by (job, cls, stanza) (${backrestDrillMetrics.backrestDrillPassedTimestampSeconds}) > ${site.thresholds.drillAge}`,
  labels: ['job', 'cls', 'stanza'],
  summary: {
    en: 'The last restore drill of {{ $labels.stanza }} passed {{ $value | humanizeDuration }} ago',
    zh: '{{ $labels.stanza }} 上次通过恢复演练是在 {{ $value | humanizeDuration }} 之前',
  },
  description: {
    en: 'A backup counts when it was restored. Frameworks ask for a test at intervals.',
    zh: '只有恢复过的备份才算数。合规框架要求定期测试。',
  },
  runbook: ['`pgattest drill restore` and `pgattest drill pitr` on a host that is not production.'],
}));
