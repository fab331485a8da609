import { defineCollector, gauge } from '../model.ts';

/** Tables of the subscriptions of this database, by how far their first copy is. Readable without pg_subscription. */
export const pgSubrel = defineCollector({
  id: 'pg_subrel',
  source: 'postgres',
  scope: 'database',
  help: 'Tables per subscription and state',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 140,
  labels: {
    datname: 'Database',
    subname: 'Subscription',
    state: 'i initialising, d copying, f copied, s synchronised, r ready',
  },
  metrics: {
    count: gauge('count', 'Tables in this state'),
  },
  variants: [
    {
      branch: 'pg_subrel',
      since: 100000,
      sql: `
SELECT
  current_database() AS datname,
  s.subname AS subname,
  r.srsubstate::text AS state,
  count(*) AS count
FROM
  pg_subscription_rel AS r
  JOIN (SELECT DISTINCT subid, subname FROM pg_stat_subscription) AS s ON s.subid = r.srsubid
GROUP BY s.subname, r.srsubstate`,
    },
  ],
});
