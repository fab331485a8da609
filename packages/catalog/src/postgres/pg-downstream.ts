import { defineCollector, gauge } from '../model.ts';

/** WAL senders per state. Every state always has a series, so that "none" is 0 and not an absence. */
export const pgDownstream = defineCollector({
  id: 'pg_downstream',
  source: 'postgres',
  scope: 'instance',
  help: 'Number of attached standbys and base backups per state',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 107,
  labels: { state: 'streaming, startup, catchup, backup or stopping' },
  metrics: {
    count: gauge('count', 'WAL senders in this state'),
  },
  variants: [
    {
      branch: 'pg_downstream',
      since: 90400,
      sql: `
SELECT
  known.state AS state,
  count(r.pid) AS count
FROM
  (VALUES ('streaming'), ('startup'), ('catchup'), ('backup'), ('stopping')) AS known (state)
  LEFT JOIN pg_stat_replication AS r ON r.state = known.state
GROUP BY known.state`,
    },
  ],
});
