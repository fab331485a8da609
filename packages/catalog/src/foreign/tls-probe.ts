import { defineMetric, gauge } from '../model.ts';

/**
 * What the blackbox exporter says of the certificates of a port it connects to: neither etcd nor Patroni nor PgBouncer
 * tells when theirs expire. Source: prometheus/blackbox_exporter.
 */
export const probeSslEarliestCertExpiry = defineMetric(
  'probe_ssl_earliest_cert_expiry',
  gauge('timestamp_seconds', 'When the first certificate of the chain expires'),
  ['instance'],
);
