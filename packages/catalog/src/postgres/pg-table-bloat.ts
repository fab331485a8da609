import { defineCollector, gauge } from '../model.ts';

/** The 64 largest tables and how much of them is bloat. Off by default: reads the view pg_table_bloat, which the operator provides. */
export const pgTableBloat = defineCollector({
  id: 'pg_table_bloat',
  source: 'postgres',
  scope: 'database',
  help: 'Estimated bloat of the largest tables',
  cacheSeconds: 300,
  timeoutSeconds: 2,
  skippedByDefault: true,
  priority: 149,
  topK: { rankedBy: 'size', enters: 64, stays: 128 },
  labels: { datname: 'Database', relname: 'Table with its schema' },
  metrics: {
    size: gauge('bytes', 'Disk space'),
    ratio: gauge('ratio', 'Estimated share of the space that is bloat'),
  },
  variants: [
    {
      branch: 'pg_table_bloat',
      since: 90400,
      sql: `
SELECT
  b.datname AS datname,
  b.nspname || '.' || b.relname AS relname,
  b.size AS size,
  b.ratio AS ratio
FROM pg_table_bloat AS b
ORDER BY b.size DESC, b.nspname, b.relname
LIMIT 128`,
    },
  ],
});
