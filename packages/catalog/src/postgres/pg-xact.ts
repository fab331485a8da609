import { counter, defineCollector, gauge } from '../model.ts';

/** The snapshot a transaction would get now; ids are 64 bit and never wrap. Works on a replica too. */
export const pgXact = defineCollector({
  id: 'pg_xact',
  source: 'postgres',
  scope: 'instance',
  help: 'Transactions in progress',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 128,
  labels: {},
  metrics: {
    xmin: counter('xid', 'Oldest transaction that may still be running'),
    xmax: counter('xid', 'Next transaction not yet begun'),
    xnum: gauge('count', 'Transactions with an id that are running or prepared'),
  },
  variants: [
    {
      branch: 'pg_xact',
      since: 90400,
      sql: `
SELECT
  txid_snapshot_xmin(here) AS xmin,
  txid_snapshot_xmax(here) AS xmax,
  (SELECT count(*) FROM txid_snapshot_xip(here)) AS xnum
FROM txid_current_snapshot() AS here`,
    },
  ],
});
