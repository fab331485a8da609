import { auditSubjectReachable, promql, select } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

/** Instances alone: what is missing of another component shows as coverage lost, and that component has alerts of its own. */
export const auditMemberUnreachable = defineAlert({
  name: 'AuditMemberUnreachable',
  severity: 'warning',
  for: '10m',
  expr: promql`min by (cls, subject) (${select(auditSubjectReachable, { kind: 'instance' })}) == 0`,
  labels: ['cls', 'subject'],
  summary: {
    en: 'The auditor gets no answer from {{ $labels.subject }}',
    zh: '审计程序无法从 {{ $labels.subject }} 获取证据',
  },
  description: {
    en: 'No evidence could be collected from {{ $labels.subject }}: its checks are undecided, and coverage of {{ $labels.cls }} is incomplete.',
    zh: '未能从 {{ $labels.subject }} 收集任何证据：其检查项无法判定，集群 {{ $labels.cls }} 的覆盖不完整。',
  },
  runbook: [
    'See why: `pgattest audit doctor` names the error of each member and the GRANTs that are missing.',
    'If PostgresDown fires for the same instance, start there.',
    'If the member was removed on purpose, remove it from the configuration of the auditor.',
  ],
});
