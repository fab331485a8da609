import { defineCollector, gauge } from '../model.ts';

/**
 * SHOW CLIENTS counted, by the name of the community exporter. Unlike there the series are bounded: the rarest
 * application names, users and databases are counted as `other`.
 */
export const pgbouncerClient = defineCollector({
  id: 'pgbouncer_client',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'Client connections by what they are and do',
  cacheSeconds: 10,
  timeoutSeconds: 2,
  priority: 167,
  labels: {
    database: 'Database as clients name it',
    user: 'User the client logged in as',
    application_name: 'Most frequent names; other for the rest, empty where the client gave none or before 1.18',
    state: 'active, waiting, active_cancel_req, waiting_cancel_req or, from 1.25 on, idle',
  },
  metrics: { connections: gauge('count', 'Client connections') },
  variants: [{ branch: 'pgbouncer_client', since: 10800, sql: 'SHOW CLIENTS' }],
});
