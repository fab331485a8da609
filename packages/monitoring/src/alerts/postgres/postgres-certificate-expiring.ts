import { promql, tlsEndpointMetrics } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';

export const postgresCertificateExpiring = defineAlertFor((site) => ({
  name: 'PostgresCertificateExpiring',
  severity: 'warning',
  for: '1h',
  expr: promql`min by (job, cls, ins) (${tlsEndpointMetrics.pgExporterTlsCertificateNotAfterTimestampSeconds}) - time() < ${site.thresholds.certificate}`,
  labels: ['job', 'cls', 'ins'],
  summary: {
    en: 'The certificate of PostgreSQL on {{ $labels.ins }} expires in {{ $value | humanizeDuration }}',
    zh: '{{ $labels.ins }} 的 PostgreSQL 证书将在 {{ $value | humanizeDuration }} 后过期',
  },
  description: {
    en: 'When it has expired clients that verify it, and standbys with sslmode=verify-full, can no longer connect.',
    zh: '过期后，校验证书的客户端以及使用 sslmode=verify-full 的备库将无法连接。',
  },
  runbook: [
    'Issue a new one for the same names and put it at the place of ssl_cert_file and ssl_key_file (mode 0600, owner postgres).',
    '`SELECT pg_reload_conf()`: no restart is needed. Do the same on every member.',
  ],
}));
