import { defineCollector, gauge } from '../model.ts';
import { mayRead } from '../sql/may-read.ts';

/**
 * pg_hba_file_rules: pg_hba.conf as it is on disk now. One line with an error keeps the whole file from being loaded:
 * the server goes on with the rules it had, and does not start with them.
 */
export const pgHbaFile = defineCollector({
  id: 'pg_hba_file',
  source: 'postgres',
  scope: 'instance',
  help: 'Rules and errors in pg_hba.conf on disk',
  cacheSeconds: 60,
  timeoutSeconds: 0.5,
  priority: 214,
  predicates: [mayRead('pg_hba_file_rules', 'pg_hba_file_rules()')],
  labels: {},
  metrics: {
    rules: gauge('count', 'Rules without an error'),
    error_lines: gauge('count', 'Lines with an error, any of which keeps the file from being loaded'),
  },
  variants: [
    {
      branch: 'pg_hba_file',
      since: 100000,
      sql: `
SELECT
  count(*) FILTER (WHERE r.error IS NULL) AS rules,
  count(*) FILTER (WHERE r.error IS NOT NULL) AS error_lines
FROM pg_hba_file_rules AS r`,
    },
  ],
});
