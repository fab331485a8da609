import { defineCollector, gauge } from '../model.ts';

/**
 * The main shared memory area. Off by default: reads `monitor.pg_shmem()`, a SECURITY DEFINER function that a
 * superuser provides, as pg_shmem_allocations itself is closed to pg_monitor in versions 13 and 14.
 */
export const pgShmem = defineCollector({
  id: 'pg_shmem',
  source: 'postgres',
  scope: 'instance',
  help: 'Allocations in shared memory',
  cacheSeconds: 60,
  timeoutSeconds: 0.1,
  skippedByDefault: true,
  priority: 123,
  requires: { schemas: ['monitor'] },
  labels: { name: 'Allocation, Free for what is left' },
  metrics: {
    offset: gauge('bytes', 'Where the allocation begins'),
    size: gauge('bytes', 'Memory asked for'),
    allocated_size: gauge('bytes', 'Memory taken, padding included'),
  },
  variants: [
    {
      branch: 'pg_shmem',
      since: 130000,
      sql: `
SELECT
  coalesce(name, 'Free') AS name,
  off AS offset,
  size AS size,
  allocated_size AS allocated_size
FROM monitor.pg_shmem()`,
    },
  ],
});
