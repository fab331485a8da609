import { defineCollector, gauge } from '../model.ts';

/** The share of client connections over the network that are encrypted; no series when there is none over the network. */
export const pgbouncerClientEncrypted = defineCollector({
  id: 'pgbouncer_client_encrypted',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'Share of client connections over the network that use TLS',
  cacheSeconds: 10,
  timeoutSeconds: 2,
  priority: 176,
  labels: {},
  metrics: { ratio: gauge('ratio', 'Share of client connections over the network that use TLS, 0 to 1') },
  variants: [{ branch: 'pgbouncer_client_encrypted', since: 10800, sql: 'SHOW CLIENTS' }],
});
