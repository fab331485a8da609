import { defineCollector, gauge } from '../model.ts';
import { mayRead } from '../sql/may-read.ts';

/**
 * pg_file_settings: postgresql.conf and what it includes, as they are on disk now. A setting that waits for a restart
 * is an error there; it is none here, pg_pending_restart has it.
 */
export const pgConfigFile = defineCollector({
  id: 'pg_config_file',
  source: 'postgres',
  scope: 'instance',
  help: 'Errors in the configuration files on disk',
  cacheSeconds: 60,
  timeoutSeconds: 0.5,
  priority: 213,
  predicates: [mayRead('pg_file_settings', 'pg_show_all_file_settings()')],
  labels: {},
  metrics: {
    files: gauge('count', 'Files that settings are read from'),
    error_lines: gauge('count', 'Lines that cannot be applied, those that wait for a restart not counted'),
  },
  variants: [
    {
      branch: 'pg_config_file',
      since: 100000,
      sql: `
SELECT
  count(DISTINCT f.sourcefile) AS files,
  count(*) FILTER (WHERE f.error IS NOT NULL AND s.name IS NULL) AS error_lines
FROM
  pg_file_settings AS f
  LEFT JOIN pg_settings AS s ON lower(s.name) = lower(f.name) AND s.pending_restart`,
    },
  ],
});
