import { defineCollector, gauge } from '../model.ts';

const sql = 'SHOW DATABASES';
const labels = { datname: 'name', real_datname: 'database' };

/** SHOW DATABASES as pg_exporter shows it. */
export const pgbouncerDatabase = defineCollector({
  id: 'pgbouncer_database',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'Databases as clients see them: limits, connections and switches',
  cacheSeconds: 0,
  timeoutSeconds: 1,
  priority: 152,
  labels: {
    datname: 'Database as clients name it',
    host: 'Host of the server, empty for a Unix socket',
    port: 'Port of the server',
    real_datname: 'Database on the server',
  },
  metrics: {
    pool_size: gauge('count', 'Most server connections of a pool of this database'),
    min_pool_size: gauge('count', 'Server connections that a pool of this database keeps at least'),
    reserve_pool: gauge('count', 'Server connections a pool may add when clients wait too long'),
    server_lifetime: gauge('seconds', 'Age at which server connections of this database are closed'),
    max_connections: gauge('count', 'Most server connections of this database, 0 for no limit'),
    current_connections: gauge('count', 'Server connections of this database'),
    max_client_connections: gauge('count', 'Most client connections of this database, 0 for no limit'),
    current_client_connections: gauge('count', 'Client connections of this database'),
    paused: gauge('bool', 'Whether this database is paused (PAUSE without a name does not show here)'),
    disabled: gauge('bool', 'Whether this database takes no new clients'),
  },
  variants: [
    {
      branch: 'pgbouncer_database_124',
      since: 12400,
      sql,
      columns: { labels, values: { reserve_pool: 'reserve_pool_size' } },
    },
    {
      branch: 'pgbouncer_database_123',
      since: 12300,
      until: 12400,
      sql,
      columns: { labels },
      omits: ['max_client_connections', 'current_client_connections'],
    },
    {
      branch: 'pgbouncer_database_116',
      since: 11600,
      until: 12300,
      sql,
      columns: { labels },
      omits: ['server_lifetime', 'max_client_connections', 'current_client_connections'],
    },
    {
      branch: 'pgbouncer_database_108',
      since: 10800,
      until: 11600,
      sql,
      columns: { labels },
      omits: ['min_pool_size', 'server_lifetime', 'max_client_connections', 'current_client_connections'],
    },
  ],
});
