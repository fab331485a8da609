import { auditRunSuccess, promql } from '@pgattest/catalog';
import { defineAlert } from '../model.ts';

export const auditRunFailing = defineAlert({
  name: 'AuditRunFailing',
  severity: 'warning',
  for: '10m',
  expr: promql`min by (cls) (${auditRunSuccess}) == 0`,
  labels: ['cls'],
  summary: {
    en: 'The audit of {{ $labels.cls }} does not complete',
    zh: '对集群 {{ $labels.cls }} 的审计无法完成',
  },
  description: {
    en: 'The last audit run could not collect everything it needs: some controls are undecided, which is not the same as met.',
    zh: '最近一次审计未能收集到全部证据：部分控制项无法判定，这不等于符合。',
  },
  runbook: [
    'See what is missing and why: `pgattest audit doctor` prints each unreachable member and the GRANTs that are missing.',
    'Look at `pgattest_audit_subject_reachable{cls="{{ $labels.cls }}"} == 0` for the members that could not be asked.',
  ],
});
