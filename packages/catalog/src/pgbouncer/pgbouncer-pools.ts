import { defineCollector, gauge } from '../model.ts';

const sql = 'SHOW POOLS';
const values = {
  client_active_connections: 'cl_active',
  client_active_cancel_connections: 'cl_active_cancel_req',
  client_waiting_connections: 'cl_waiting',
  client_waiting_cancel_connections: 'cl_waiting_cancel_req',
  server_active_connections: 'sv_active',
  server_active_cancel_connections: 'sv_active_cancel',
  server_being_canceled_connections: 'sv_being_canceled',
  server_idle_connections: 'sv_idle',
  server_used_connections: 'sv_used',
  server_testing_connections: 'sv_tested',
  server_login_connections: 'sv_login',
  client_maxwait_seconds: 'maxwait',
};

/** SHOW POOLS as the exporter of the Prometheus community shows it. */
export const pgbouncerPools = defineCollector({
  id: 'pgbouncer_pools',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'Clients and servers of each pool, by the names of the community exporter',
  cacheSeconds: 0,
  timeoutSeconds: 1,
  priority: 164,
  labels: { database: 'Database as clients name it', user: 'User of the server connections' },
  metrics: {
    client_active_connections: gauge('count', 'Clients linked to a server, or idle with no query waiting'),
    client_active_cancel_connections: gauge('count', 'Clients whose cancel request was forwarded'),
    client_waiting_connections: gauge('count', 'Clients that have sent a query and wait for a server'),
    client_waiting_cancel_connections: gauge('count', 'Clients whose cancel request waits to be forwarded'),
    server_active_connections: gauge('count', 'Servers linked to a client'),
    server_active_cancel_connections: gauge('count', 'Servers that forward a cancel request'),
    server_being_canceled_connections: gauge('count', 'Servers that wait for cancel requests to end'),
    server_idle_connections: gauge('count', 'Servers that can be used at once'),
    server_used_connections: gauge('count', 'Servers idle for longer than server_check_delay'),
    server_testing_connections: gauge('count', 'Servers that run server_reset_query or server_check_query'),
    server_login_connections: gauge('count', 'Servers that are logging in'),
    client_maxwait_seconds: gauge('seconds', 'Whole seconds that the longest waiting client has waited'),
  },
  variants: [
    { branch: 'pgbouncer_pools_118', since: 11800, sql, columns: { values } },
    {
      branch: 'pgbouncer_pools_108',
      since: 10800,
      until: 11800,
      sql,
      columns: { values },
      omits: [
        'client_active_cancel_connections',
        'client_waiting_cancel_connections',
        'server_active_cancel_connections',
        'server_being_canceled_connections',
      ],
    },
  ],
});
