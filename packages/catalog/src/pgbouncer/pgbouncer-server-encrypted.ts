import { defineCollector, gauge } from '../model.ts';

/** The share of server connections over the network that are encrypted; no series when there is none over the network. */
export const pgbouncerServerEncrypted = defineCollector({
  id: 'pgbouncer_server_encrypted',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'Share of server connections over the network that use TLS',
  cacheSeconds: 10,
  timeoutSeconds: 2,
  priority: 178,
  labels: {},
  metrics: { ratio: gauge('ratio', 'Share of server connections over the network that use TLS, 0 to 1') },
  variants: [{ branch: 'pgbouncer_server_encrypted', since: 10800, sql: 'SHOW SERVERS' }],
});
