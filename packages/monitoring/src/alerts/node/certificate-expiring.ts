import { probeSslEarliestCertExpiry, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';

/** etcd, Patroni and PgBouncer show no expiry in their metrics: a probe of their ports does. */
export const certificateExpiring = defineAlertFor((site) => ({
  name: 'CertificateExpiring',
  severity: 'warning',
  for: '1h',
  expr: promql`min by (job, cls, ins, instance) (${probeSslEarliestCertExpiry}) - time() < ${site.thresholds.certificate}`,
  labels: ['job', 'cls', 'ins', 'instance'],
  summary: {
    en: 'A certificate of {{ $labels.instance }} expires in {{ $value | humanizeDuration }}',
    zh: '{{ $labels.instance }} 的证书将在 {{ $value | humanizeDuration }} 后过期',
  },
  description: {
    en: 'When that of etcd expires Patroni loses its lock on every member at once.',
    zh: 'etcd 的证书过期时，所有成员的 Patroni 会同时失去锁。',
  },
  runbook: [
    '`openssl s_client -connect {{ $labels.instance }} </dev/null | openssl x509 -noout -enddate -subject`.',
    'Issue a new one; etcd reads it at the next handshake, Patroni and PgBouncer at a reload.',
  ],
  needs: 'the blackbox exporter, probing the TLS ports of etcd, Patroni, PgBouncer and HAProxy',
}));
