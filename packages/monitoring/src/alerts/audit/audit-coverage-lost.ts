import { auditFindings, promql, select } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const auditCoverageLost = defineAlert({
  name: 'AuditCoverageLost',
  severity: 'warning',
  for: '30m',
  expr: promql`sum by (cls) (${select(auditFindings, { outcome: /error|insufficient_data/ })}) > 0`,
  labels: ['cls'],
  summary: {
    en: '{{ $value }} checks of {{ $labels.cls }} could not be decided',
    zh: '集群 {{ $labels.cls }} 有 {{ $value }} 项检查无法判定',
  },
  description: {
    en: 'Evidence is missing or a check failed to run: these controls are unproven, which is not the same as met.',
    zh: '证据缺失或检查执行失败：这些控制项未得到证明，不等于符合。',
  },
  runbook: [
    '`pgattest audit doctor` names privileges and addresses that are missing.',
    'The report lists each undecided check with its reason.',
  ],
});
