import { defineCollector, gauge } from '../model.ts';

/** SHOW MEM: the caches of objects that PgBouncer allocates and never gives back. */
export const pgbouncerMemory = defineCollector({
  id: 'pgbouncer_memory',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'Memory of the object caches of PgBouncer',
  cacheSeconds: 10,
  timeoutSeconds: 1,
  priority: 174,
  labels: { cache: 'Name of the cache, such as client_cache' },
  metrics: {
    item_bytes: gauge('bytes', 'Size of one object'),
    used_items: gauge('count', 'Objects in use'),
    free_items: gauge('count', 'Objects allocated and free'),
    allocated_bytes: gauge('bytes', 'Memory the cache holds, used or not'),
  },
  variants: [
    {
      branch: 'pgbouncer_memory',
      since: 10800,
      sql: 'SHOW MEM',
      columns: {
        labels: { cache: 'name' },
        values: { item_bytes: 'size', used_items: 'used', free_items: 'free', allocated_bytes: 'memtotal' },
      },
    },
  ],
});
