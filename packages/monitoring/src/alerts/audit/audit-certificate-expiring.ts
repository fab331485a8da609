import { auditCheckOutcome, promql, select } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

/** Exporters that connect by a socket see no certificate; the auditor connects by TLS, as clients do. */
export const auditCertificateExpiring = defineAlert({
  name: 'AuditCertificateExpiring',
  severity: 'warning',
  for: '0s',
  expr: promql`max by (cls, subject, check) (${select(auditCheckOutcome, { check: /.*certificate.*/, outcome: /fail|warn/ })}) == 1`,
  labels: ['cls', 'subject', 'check'],
  summary: {
    en: 'A certificate of {{ $labels.subject }} expires soon, or is not as it should be ({{ $labels.check }})',
    zh: '{{ $labels.subject }} 的证书即将过期或不符合要求（{{ $labels.check }}）',
  },
  description: {
    en: 'The audit looks at expiry, key and names of the certificates that the servers show.',
    zh: '审计检查服务器所出示证书的有效期、密钥与名称。',
  },
  runbook: [
    '`pgattest audit explain {{ $labels.check }}/{{ $labels.subject }}` says which one and when.',
    'Issue a new one, put it in place and reload; no restart is needed.',
  ],
});
