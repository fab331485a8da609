import { defineCollector, gauge } from '../model.ts';

/** SHOW LISTS by the names of the community exporter: each list is a metric of its own. */
export const pgbouncer = defineCollector({
  id: 'pgbouncer',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'Sizes of the lists that PgBouncer keeps, by the names of the community exporter',
  cacheSeconds: 0,
  timeoutSeconds: 1,
  priority: 165,
  labels: {},
  metrics: {
    databases: gauge('count', 'Databases'),
    users: gauge('count', 'Users'),
    pools: gauge('count', 'Pools'),
    free_clients: gauge('count', 'Client slots allocated and free'),
    used_clients: gauge('count', 'Client connections'),
    login_clients: gauge('count', 'Clients that are logging in'),
    free_servers: gauge('count', 'Server slots allocated and free'),
    used_servers: gauge('count', 'Server connections'),
    cached_dns_names: gauge('count', 'DNS names in the cache'),
    cached_dns_zones: gauge('count', 'DNS zones in the cache'),
    in_flight_dns_queries: gauge('count', 'DNS queries without an answer yet'),
  },
  variants: [
    {
      branch: 'pgbouncer',
      since: 10800,
      sql: 'SHOW LISTS',
      columns: {
        values: {
          cached_dns_names: 'dns_names',
          cached_dns_zones: 'dns_zones',
          in_flight_dns_queries: 'dns_queries',
        },
      },
    },
  ],
});
