import { defineCollector, gauge } from '../model.ts';

/** Relations per kind, those of the system catalogs included. */
export const pgRelkind = defineCollector({
  id: 'pg_relkind',
  source: 'postgres',
  scope: 'database',
  help: 'Relations per kind',
  cacheSeconds: 60,
  timeoutSeconds: 1,
  priority: 146,
  labels: { datname: 'Database', relkind: 'Letter of the kind: r table, i index, S sequence, t TOAST table, …' },
  metrics: {
    count: gauge('count', 'Relations of this kind'),
  },
  variants: [
    {
      branch: 'pg_relkind',
      since: 90400,
      sql: `
SELECT
  current_database() AS datname,
  relkind::text AS relkind,
  count(*) AS count
FROM pg_class
GROUP BY relkind`,
    },
  ],
});
