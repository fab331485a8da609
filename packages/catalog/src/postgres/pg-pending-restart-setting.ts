import { defineCollector, gauge } from '../model.ts';

/** Which settings wait for a restart: the first 32 by name, no series when none does. */
export const pgPendingRestartSetting = defineCollector({
  id: 'pg_pending_restart_setting',
  source: 'postgres',
  scope: 'instance',
  help: 'Names of the settings that wait for a restart',
  cacheSeconds: 60,
  timeoutSeconds: 0.2,
  priority: 212,
  labels: { name: 'Setting' },
  metrics: {
    info: gauge('info', 'A setting whose new value takes effect with the next restart, constantly 1'),
  },
  variants: [
    {
      branch: 'pg_pending_restart_setting',
      since: 100000,
      sql: `
SELECT
  s.name AS name,
  1 AS info
FROM pg_settings AS s
WHERE s.pending_restart
ORDER BY s.name
LIMIT 32`,
    },
  ],
});
