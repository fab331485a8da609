import { defineCollector, gauge } from '../model.ts';

/** SHOW SERVERS counted; the rarest users and databases are counted as `other`. */
export const pgbouncerServer = defineCollector({
  id: 'pgbouncer_server',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'Server connections by what they do',
  cacheSeconds: 10,
  timeoutSeconds: 2,
  priority: 179,
  labels: {
    database: 'Database as clients name it',
    user: 'User of the server connection',
    state: 'active, idle, used, tested, login, active_cancel or being_canceled',
  },
  metrics: { connections: gauge('count', 'Server connections') },
  variants: [{ branch: 'pgbouncer_server', since: 10800, sql: 'SHOW SERVERS' }],
});
