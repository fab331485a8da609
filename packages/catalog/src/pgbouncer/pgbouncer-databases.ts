import { defineCollector, gauge } from '../model.ts';

const sql = 'SHOW DATABASES';

/** SHOW DATABASES as the exporter of the Prometheus community shows it. */
export const pgbouncerDatabases = defineCollector({
  id: 'pgbouncer_databases',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'Databases as clients see them, by the names of the community exporter',
  cacheSeconds: 0,
  timeoutSeconds: 1,
  priority: 161,
  labels: {
    name: 'Database as clients name it',
    host: 'Host of the server, empty for a Unix socket',
    port: 'Port of the server',
    database: 'Database on the server',
    force_user: 'User of all server connections, where one is forced',
    pool_mode: 'Pool mode of this database, empty for that of PgBouncer',
  },
  metrics: {
    pool_size: gauge('count', 'Most server connections of a pool of this database'),
    reserve_pool: gauge('count', 'Server connections a pool may add when clients wait too long'),
    max_connections: gauge('count', 'Most server connections of this database, 0 for no limit'),
    current_connections: gauge('count', 'Server connections of this database'),
    paused: gauge('bool', 'Whether this database is paused (PAUSE without a name does not show here)'),
    disabled: gauge('bool', 'Whether this database takes no new clients'),
  },
  variants: [
    {
      branch: 'pgbouncer_databases_124',
      since: 12400,
      sql,
      columns: { values: { reserve_pool: 'reserve_pool_size' } },
    },
    { branch: 'pgbouncer_databases_108', since: 10800, until: 12400, sql },
  ],
});
