import { defineCollector, gauge } from '../model.ts';

/** What SHOW POOLS says about clients that wait, ready for an alert. */
export const pgbouncerPoolQueue = defineCollector({
  id: 'pgbouncer_pool_queue',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'How long clients of a pool wait and whether anything will serve them',
  cacheSeconds: 0,
  timeoutSeconds: 1,
  priority: 171,
  labels: { datname: 'Database as clients name it', user: 'User of the server connections' },
  metrics: {
    longest_wait_seconds: gauge('seconds', 'Time the longest waiting client has waited, with its microseconds'),
    stalled: gauge('bool', 'Whether clients wait and no server connection exists or is made: paused, or refused'),
  },
  variants: [{ branch: 'pgbouncer_pool_queue', since: 10800, sql: 'SHOW POOLS' }],
});
