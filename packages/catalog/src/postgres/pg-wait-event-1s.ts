import { defineCollector, gauge } from '../model.ts';

/** pg_wait_sampling_history of the last second: what was waited for just now. */
export const pgWaitEvent1s = defineCollector({
  id: 'pg_wait_event_1s',
  source: 'postgres',
  scope: 'instance',
  help: 'Sampled waits of the last second',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 155,
  requires: { extensions: ['pg_wait_sampling'] },
  labels: { etype: 'Type of wait event, Running for none', event: 'Wait event, Running for none' },
  metrics: {
    count: gauge('count', 'Samples with this wait in the last second'),
  },
  variants: [
    {
      branch: 'pg_wait_event_1s',
      since: 100000,
      sql: `
SELECT
  coalesce(h.event_type, 'Running') AS etype,
  coalesce(h.event, 'Running') AS event,
  count(*) AS count
FROM pg_wait_sampling_history AS h
WHERE h.ts > now() - interval '1 second' AND h.ts <= now()
GROUP BY 1, 2`,
    },
  ],
});
