import { defineCollector, gauge } from '../model.ts';

/** Timeouts of the configuration, from a closed list of names; those that this version does not have are left out. */
export const pgbouncerConfigTimeout = defineCollector({
  id: 'pgbouncer_config_timeout',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'Timeouts of the configuration',
  cacheSeconds: 10,
  timeoutSeconds: 1,
  priority: 192,
  labels: { name: 'Setting: query_wait_timeout and the like' },
  metrics: { seconds: gauge('seconds', 'Time after which PgBouncer acts, 0 for never') },
  variants: [{ branch: 'pgbouncer_config_timeout', since: 10800, sql: 'SHOW CONFIG' }],
});
