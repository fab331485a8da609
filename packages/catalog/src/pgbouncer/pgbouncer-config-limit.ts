import { defineCollector, gauge } from '../model.ts';

/** Limits and sizes of the configuration, from a closed list of names; those that this version does not have are left out. */
export const pgbouncerConfigLimit = defineCollector({
  id: 'pgbouncer_config_limit',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'Limits and sizes of the configuration',
  cacheSeconds: 10,
  timeoutSeconds: 1,
  priority: 191,
  labels: { name: 'Setting: default_pool_size and the like' },
  metrics: { connections: gauge('count', 'Limit or size, 0 for none') },
  variants: [{ branch: 'pgbouncer_config_limit', since: 10800, sql: 'SHOW CONFIG' }],
});
