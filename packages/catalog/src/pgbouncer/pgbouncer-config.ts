import { defineCollector, gauge } from '../model.ts';

/** Two settings by the names of the community exporter. */
export const pgbouncerConfig = defineCollector({
  id: 'pgbouncer_config',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'Limits of the configuration, by the names of the community exporter',
  cacheSeconds: 10,
  timeoutSeconds: 1,
  priority: 166,
  labels: {},
  metrics: {
    max_client_connections: gauge('count', 'Most client connections'),
    max_user_connections: gauge('count', 'Most server connections of a user, 0 for no limit'),
  },
  variants: [
    {
      branch: 'pgbouncer_config',
      since: 10800,
      sql: 'SHOW CONFIG',
      columns: { values: { max_client_connections: 'max_client_conn' } },
    },
  ],
});
