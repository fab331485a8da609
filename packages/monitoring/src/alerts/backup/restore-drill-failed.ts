import { backrestDrillMetrics, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';
import { stateValue } from '../../state-value.ts';

export const restoreDrillFailed = defineAlert({
  name: 'RestoreDrillFailed',
  severity: 'critical',
  for: '0s',
  expr: promql`count by (job, cls, stanza, kind) (${backrestDrillMetrics.backrestDrillOutcome} == ${stateValue(backrestDrillMetrics.backrestDrillOutcome, 'failed')}) > 0`,
  labels: ['job', 'cls', 'stanza', 'kind'],
  summary: {
    en: 'The last {{ $labels.kind }} drill of {{ $labels.stanza }} failed',
    zh: '{{ $labels.stanza }} 最近一次 {{ $labels.kind }} 演练失败',
  },
  description: {
    en: 'A restore was tried and did not give what it should: the backups are not what they seem.',
    zh: '尝试恢复但结果不符合预期：备份并不可靠。',
  },
  runbook: [
    'Read the certificate of the drill: it holds the step that failed and its evidence.',
    'Make a full backup and drill again before anything expires.',
  ],
});
