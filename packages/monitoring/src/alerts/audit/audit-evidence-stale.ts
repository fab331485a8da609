import { auditEvidenceAgeSeconds, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';

export const auditEvidenceStale = defineAlertFor((site) => ({
  name: 'AuditEvidenceStale',
  severity: 'warning',
  for: '5m',
  expr: promql`min by (cls) (${auditEvidenceAgeSeconds}) > ${site.thresholds.evidenceAge}`,
  labels: ['cls'],
  summary: {
    en: 'The newest audit evidence of {{ $labels.cls }} is {{ $value | humanizeDuration }} old',
    zh: '集群 {{ $labels.cls }} 最新的审计证据已有 {{ $value | humanizeDuration }} 之久',
  },
  description: {
    en: 'Verdicts of {{ $labels.cls }} describe the past. An auditor counts every day without evidence as a gap of the control.',
    zh: '{{ $labels.cls }} 的结论只反映过去。没有证据的每一天都会被审计方视为控制缺口。',
  },
  runbook: [
    'See whether the auditor runs: `curl -s http://<auditor>:9855/-/ready` and its log.',
    'Start a run by hand: `pgattest audit run`; its exit code and last lines say what stops it.',
    'Check the free space and permissions of the evidence folder.',
  ],
}));
