import { defineCollector, gauge } from '../model.ts';

const sql = 'SHOW POOLS';
const labels = { datname: 'database' };
const values = {
  active_clients: 'cl_active',
  waiting_clients: 'cl_waiting',
  active_servers: 'sv_active',
  idle_servers: 'sv_idle',
  used_servers: 'sv_used',
  tested_servers: 'sv_tested',
  login_servers: 'sv_login',
};
const since118 = {
  ...values,
  active_cancel_clients: 'cl_active_cancel_req',
  cancel_clients: 'cl_waiting_cancel_req',
  active_cancel_servers: 'sv_active_cancel',
  cancel_servers: 'sv_being_canceled',
};
const notBefore118 = ['active_cancel_clients', 'active_cancel_servers', 'cancel_servers'] as const;

/** SHOW POOLS as pg_exporter shows it. Before 1.24 there is no label `load_balance_hosts`. */
export const pgbouncerPool = defineCollector({
  id: 'pgbouncer_pool',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'Clients and servers of each pool, that is of each database and user',
  cacheSeconds: 0,
  timeoutSeconds: 1,
  priority: 154,
  labels: {
    datname: 'Database as clients name it',
    user: 'User of the server connections',
    pool_mode: 'When a server goes back to the pool: session, transaction or statement',
    load_balance_hosts: 'How hosts are chosen, from 1.24 on',
  },
  metrics: {
    active_clients: gauge('count', 'Clients linked to a server, or idle with no query waiting'),
    waiting_clients: gauge('count', 'Clients that have sent a query and wait for a server'),
    active_cancel_clients: gauge('count', 'Clients whose cancel request was forwarded and not yet answered'),
    cancel_clients: gauge('count', 'Clients whose cancel request waits to be forwarded'),
    active_servers: gauge('count', 'Servers linked to a client'),
    active_cancel_servers: gauge('count', 'Servers that forward a cancel request'),
    cancel_servers: gauge('count', 'Servers that wait for cancel requests to end before they are idle'),
    idle_servers: gauge('count', 'Servers that can be used at once'),
    used_servers: gauge('count', 'Servers idle for longer than server_check_delay, to be checked before use'),
    tested_servers: gauge('count', 'Servers that run server_reset_query or server_check_query'),
    login_servers: gauge('count', 'Servers that are logging in'),
    maxwait: gauge('seconds', 'Whole seconds that the longest waiting client has waited'),
    maxwait_us: gauge('count', 'Microseconds beyond the whole seconds of maxwait'),
  },
  variants: [
    { branch: 'pgbouncer_pool_124', since: 12400, sql, columns: { labels, values: since118 } },
    { branch: 'pgbouncer_pool_118', since: 11800, until: 12400, sql, columns: { labels, values: since118 } },
    {
      branch: 'pgbouncer_pool_116',
      since: 11600,
      until: 11800,
      sql,
      columns: { labels, values: { ...values, cancel_clients: 'cl_cancel_req' } },
      omits: notBefore118,
    },
    {
      branch: 'pgbouncer_pool_108',
      since: 10800,
      until: 11600,
      sql,
      columns: { labels, values },
      omits: [...notBefore118, 'cancel_clients'],
    },
  ],
});
