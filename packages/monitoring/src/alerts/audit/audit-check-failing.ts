import { auditCheckOutcome, promql, select } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const auditCheckFailing = defineAlert({
  name: 'AuditCheckFailing',
  severity: 'warning',
  for: '0s',
  expr: promql`max by (cls, subject, check) (${select(auditCheckOutcome, { outcome: 'fail', severity: /critical|high/ })}) == 1`,
  labels: ['cls', 'subject', 'check'],
  summary: {
    en: '{{ $labels.subject }} fails the check {{ $labels.check }}',
    zh: '{{ $labels.subject }} 未通过检查 {{ $labels.check }}',
  },
  description: {
    en: 'The last audit found a non-conformity of high or critical severity that no waiver covers.',
    zh: '最近一次审计发现高危或严重级别的不符合项，且没有有效的例外批准。',
  },
  runbook: [
    'Read the evidence, the command that shows it and the remedy: `pgattest audit explain {{ $labels.check }}/{{ $labels.subject }}`.',
    'Fix it on every member of the cluster, then `pgattest audit run` to see it close.',
    'If the risk is accepted for a while, record a waiver with owner, reason and expiry instead of silencing this alert.',
  ],
});
