import { defineCollector, gauge } from '../model.ts';

/** pg_stat_activity per kind of process, this session included. */
export const pgBackend = defineCollector({
  id: 'pg_backend',
  source: 'postgres',
  scope: 'instance',
  help: 'Processes per kind',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 127,
  labels: { type: 'Kind of process, for example client backend or walsender' },
  metrics: {
    count: gauge('count', 'Processes of this kind'),
  },
  variants: [
    {
      branch: 'pg_backend',
      since: 100000,
      sql: `
SELECT
  backend_type AS type,
  count(*) AS count
FROM pg_stat_activity
GROUP BY backend_type`,
    },
  ],
});
