import { defineCollector, gauge } from '../model.ts';

/** pg_stat_activity per database and kind of wait, this session included. */
export const pgWait = defineCollector({
  id: 'pg_wait',
  source: 'postgres',
  scope: 'instance',
  help: 'Processes per database and what they wait for',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 126,
  labels: {
    datname: 'Database, _system for processes without one',
    event: 'Type of wait event, Running for none',
  },
  metrics: {
    count: gauge('count', 'Processes that wait for this'),
  },
  variants: [
    {
      branch: 'pg_wait',
      since: 90600,
      sql: `
SELECT
  coalesce(datname, '_system') AS datname,
  coalesce(wait_event_type, 'Running') AS event,
  count(*) AS count
FROM pg_stat_activity
GROUP BY 1, 2`,
    },
  ],
});
