import { defineCollector, gauge } from '../model.ts';

/** Settings that decide how pools behave, from a closed list of values. */
export const pgbouncerConfigPooling = defineCollector({
  id: 'pgbouncer_config_pooling',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'How pools behave unless a database or user says otherwise',
  cacheSeconds: 10,
  timeoutSeconds: 1,
  priority: 190,
  labels: { pool_mode: 'session, transaction or statement', server_reset: 'default, off or custom' },
  metrics: { info: gauge('info', 'Pooling settings as labels, constantly 1') },
  variants: [{ branch: 'pgbouncer_config_pooling', since: 10800, sql: 'SHOW CONFIG' }],
});
