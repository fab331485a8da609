import { counter, defineCollector } from '../model.ts';

/** Counters whose rate says when the limits of pg_freeze will be reached. Reading them assigns no transaction id. */
export const pgFreezeConsumed = defineCollector({
  id: 'pg_freeze_consumed',
  source: 'postgres',
  scope: 'instance',
  help: 'Transaction ids and multixact ids used up since the cluster was made',
  cacheSeconds: 10,
  timeoutSeconds: 0.2,
  priority: 232,
  labels: {},
  metrics: {
    xids_total: counter('xid', 'Transaction ids assigned, with the epoch'),
    multixacts_total: counter('xid', 'Multixact ids assigned up to the last checkpoint, begins anew at 2^32'),
  },
  variants: [
    {
      branch: 'pg_freeze_consumed',
      since: 100000,
      sql: `
SELECT
  txid_snapshot_xmax(txid_current_snapshot()) AS xids_total,
  c.next_multixact_id::text::bigint AS multixacts_total
FROM pg_control_checkpoint() AS c`,
    },
  ],
});
