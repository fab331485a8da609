import { defineCollector, gauge } from '../model.ts';

/** SHOW PEERS: other PgBouncer processes that cancel requests are forwarded to. */
export const pgbouncerPeer = defineCollector({
  id: 'pgbouncer_peer',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'Peers that this PgBouncer forwards cancel requests to',
  cacheSeconds: 10,
  timeoutSeconds: 1,
  priority: 185,
  labels: { peer_id: 'Number of the peer', host: 'Host or socket directory of the peer', port: 'Port of the peer' },
  metrics: { pool_connections: gauge('count', 'Most connections to this peer') },
  variants: [
    {
      branch: 'pgbouncer_peer',
      since: 11900,
      sql: 'SHOW PEERS',
      columns: { values: { pool_connections: 'pool_size' } },
    },
  ],
});
