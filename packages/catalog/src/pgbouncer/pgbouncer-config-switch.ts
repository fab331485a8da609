import { defineCollector, gauge } from '../model.ts';

/** Switches of the configuration, from a closed list of names; those that this version does not have are left out. */
export const pgbouncerConfigSwitch = defineCollector({
  id: 'pgbouncer_config_switch',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'Switches of the configuration',
  cacheSeconds: 10,
  timeoutSeconds: 1,
  priority: 193,
  labels: { name: 'Setting: log_connections and the like' },
  metrics: { enabled: gauge('bool', 'Whether the setting is on') },
  variants: [{ branch: 'pgbouncer_config_switch', since: 10800, sql: 'SHOW CONFIG' }],
});
