import { defineCollector, gauge } from '../model.ts';

/** How client connections reach PgBouncer: over TLS, in plain text, or through a Unix socket. */
export const pgbouncerClientTransport = defineCollector({
  id: 'pgbouncer_client_transport',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'Client connections by encryption',
  cacheSeconds: 10,
  timeoutSeconds: 2,
  priority: 175,
  labels: { transport: 'tls, plain or unix', protocol: 'Version of TLS, empty without' },
  metrics: { connections: gauge('count', 'Client connections, that of the exporter included') },
  variants: [{ branch: 'pgbouncer_client_transport', since: 10800, sql: 'SHOW CLIENTS' }],
});
