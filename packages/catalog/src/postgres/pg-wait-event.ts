import { counter, defineCollector } from '../model.ts';

/** pg_wait_sampling_profile over all processes and statements: how often each wait was seen since the last reset. */
export const pgWaitEvent = defineCollector({
  id: 'pg_wait_event',
  source: 'postgres',
  scope: 'instance',
  help: 'Sampled waits since the last reset of pg_wait_sampling',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 155,
  requires: { extensions: ['pg_wait_sampling'] },
  labels: { etype: 'Type of wait event, Running for none', event: 'Wait event, Running for none' },
  metrics: {
    count: counter('count', 'Samples with this wait'),
  },
  variants: [
    {
      branch: 'pg_wait_event',
      since: 100000,
      sql: `
SELECT
  coalesce(p.event_type, 'Running') AS etype,
  coalesce(p.event, 'Running') AS event,
  sum(p.count) AS count
FROM pg_wait_sampling_profile AS p
GROUP BY 1, 2`,
    },
  ],
});
