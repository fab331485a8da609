import { counter, defineCollector, gauge } from '../model.ts';

/** Pigsty's table monitor.heartbeat, which its primary writes to. Off by default. */
export const pgHeartbeat = defineCollector({
  id: 'pg_heartbeat',
  source: 'postgres',
  scope: 'database',
  help: 'Heartbeat written by the primary',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  skippedByDefault: true,
  priority: 158,
  requires: { schemas: ['monitor'], database: 'postgres' },
  predicates: [
    {
      name: 'table monitor.heartbeat exists',
      sql: `
SELECT EXISTS (
  SELECT
  FROM
    pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
  WHERE n.nspname = 'monitor' AND c.relname = 'heartbeat'
)`.trim(),
    },
  ],
  labels: { cluster_name: 'Cluster that wrote it' },
  metrics: {
    ts: gauge('timestamp_seconds', 'When it was written'),
    lsn: counter('lsn', 'WAL position when it was written'),
    txid: gauge('xid', 'Transaction that wrote it'),
  },
  variants: [
    {
      branch: 'pg_heartbeat',
      since: 90100,
      sql: `
SELECT
  id AS cluster_name,
  extract(EPOCH FROM ts) AS ts,
  lsn AS lsn,
  txid AS txid
FROM monitor.heartbeat`,
    },
  ],
});
