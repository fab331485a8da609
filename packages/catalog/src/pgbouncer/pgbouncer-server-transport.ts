import { defineCollector, gauge } from '../model.ts';

/** How server connections reach PgBouncer, that is how PgBouncer reaches its servers: over TLS, in plain text, or through a Unix socket. */
export const pgbouncerServerTransport = defineCollector({
  id: 'pgbouncer_server_transport',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'Server connections by encryption',
  cacheSeconds: 10,
  timeoutSeconds: 2,
  priority: 177,
  labels: { transport: 'tls, plain or unix', protocol: 'Version of TLS, empty without' },
  metrics: { connections: gauge('count', 'Server connections') },
  variants: [{ branch: 'pgbouncer_server_transport', since: 10800, sql: 'SHOW SERVERS' }],
});
