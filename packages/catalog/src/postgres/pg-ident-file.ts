import { defineCollector, gauge } from '../model.ts';
import { mayRead } from '../sql/may-read.ts';

/** pg_ident_file_mappings: pg_ident.conf as it is on disk now, version 15 or later. */
export const pgIdentFile = defineCollector({
  id: 'pg_ident_file',
  source: 'postgres',
  scope: 'instance',
  help: 'Mappings and errors in pg_ident.conf on disk',
  cacheSeconds: 60,
  timeoutSeconds: 0.5,
  priority: 215,
  predicates: [mayRead('pg_ident_file_mappings', 'pg_ident_file_mappings()')],
  labels: {},
  metrics: {
    mappings: gauge('count', 'Mappings without an error'),
    error_lines: gauge('count', 'Lines with an error, any of which keeps the file from being loaded'),
  },
  variants: [
    {
      branch: 'pg_ident_file',
      since: 150000,
      sql: `
SELECT
  count(*) FILTER (WHERE m.error IS NULL) AS mappings,
  count(*) FILTER (WHERE m.error IS NOT NULL) AS error_lines
FROM pg_ident_file_mappings AS m`,
    },
  ],
});
