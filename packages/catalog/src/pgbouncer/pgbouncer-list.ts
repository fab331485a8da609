import { defineCollector, gauge } from '../model.ts';

/** SHOW LISTS as pg_exporter shows it. Fatal: what does not answer this is not up. */
export const pgbouncerList = defineCollector({
  id: 'pgbouncer_list',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'Sizes of the lists that PgBouncer keeps',
  cacheSeconds: 0,
  timeoutSeconds: 1,
  fatal: true,
  priority: 151,
  labels: { list: 'Name of the list' },
  metrics: { items: gauge('count', 'Items in the list') },
  variants: [{ branch: 'pgbouncer_list', since: 10800, sql: 'SHOW LISTS' }],
});
