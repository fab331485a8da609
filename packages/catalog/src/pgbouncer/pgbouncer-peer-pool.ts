import { defineCollector, gauge } from '../model.ts';

/** SHOW PEER_POOLS: cancel requests on their way to peers. */
export const pgbouncerPeerPool = defineCollector({
  id: 'pgbouncer_peer_pool',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'Cancel requests on their way to peers',
  cacheSeconds: 10,
  timeoutSeconds: 1,
  priority: 186,
  labels: { peer_id: 'Number of the peer' },
  metrics: {
    active_cancel_clients: gauge('count', 'Clients whose cancel request was forwarded to this peer'),
    waiting_cancel_clients: gauge('count', 'Clients whose cancel request waits for a connection to this peer'),
    active_cancel_servers: gauge('count', 'Connections to this peer that forward a cancel request'),
    login_servers: gauge('count', 'Connections to this peer that are being made'),
  },
  variants: [
    {
      branch: 'pgbouncer_peer_pool',
      since: 11900,
      sql: 'SHOW PEER_POOLS',
      columns: {
        values: {
          active_cancel_clients: 'cl_active_cancel_req',
          waiting_cancel_clients: 'cl_waiting_cancel_req',
          active_cancel_servers: 'sv_active_cancel',
          login_servers: 'sv_login',
        },
      },
    },
  ],
});
