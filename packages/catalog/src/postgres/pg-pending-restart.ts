import { defineCollector, gauge } from '../model.ts';

/** Settings whose value in the files waits for a restart; their names are in pg_pending_restart_setting. */
export const pgPendingRestart = defineCollector({
  id: 'pg_pending_restart',
  source: 'postgres',
  scope: 'instance',
  help: 'Settings that wait for a restart',
  cacheSeconds: 60,
  timeoutSeconds: 0.2,
  priority: 211,
  labels: {},
  metrics: {
    settings: gauge('count', 'Settings changed in the files that take effect with the next restart'),
  },
  variants: [
    {
      branch: 'pg_pending_restart',
      since: 100000,
      sql: `
SELECT
  count(*) AS settings
FROM pg_settings AS s
WHERE s.pending_restart`,
    },
  ],
});
