import { defineCollector, gauge } from '../model.ts';

/** synchronous_standby_names as it stands, also on a replica, where it takes effect only after promotion. */
export const pgSyncStandby = defineCollector({
  id: 'pg_sync_standby',
  source: 'postgres',
  scope: 'instance',
  help: 'Whether synchronous replication is asked for, and of whom',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 106,
  labels: { names: 'Setting synchronous_standby_names, <null> when empty' },
  metrics: {
    enabled: gauge('bool', 'Whether synchronous_standby_names is set'),
  },
  variants: [
    {
      branch: 'pg_sync_standby',
      since: 90400,
      sql: `
SELECT
  coalesce(nullif(current_setting('synchronous_standby_names'), ''), '<null>') AS names,
  current_setting('synchronous_standby_names') <> '' AS enabled`,
    },
  ],
});
