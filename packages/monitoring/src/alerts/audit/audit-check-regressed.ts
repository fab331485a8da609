import { auditCheckOutcome, promql, select } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const auditCheckRegressed = defineAlert({
  name: 'AuditCheckRegressed',
  severity: 'warning',
  for: '0s',
  expr: promql`max by (cls, subject, check) (${select(auditCheckOutcome, { outcome: 'fail' })}) == 1 and on (cls, subject, check) max by (cls, subject, check) (max_over_time(${select(auditCheckOutcome, { outcome: 'pass' })}[1d])) == 1`,
  labels: ['cls', 'subject', 'check'],
  summary: {
    en: '{{ $labels.subject }} fails the check {{ $labels.check }}, which it passed within the last day',
    zh: '{{ $labels.subject }} 未通过检查 {{ $labels.check }}，而一天内曾通过',
  },
  description: {
    en: 'Something was changed: a setting weakened, a rule added, a privilege granted.',
    zh: '有变更发生：参数被弱化、规则被添加或权限被授予。',
  },
  runbook: [
    'What differs: `pgattest audit explain {{ $labels.check }}/{{ $labels.subject }}`, and the log of {{ $labels.subject }} (DDL, reloads) since it passed.',
    'Undo it, or have it approved; then `pgattest audit run`.',
  ],
});
