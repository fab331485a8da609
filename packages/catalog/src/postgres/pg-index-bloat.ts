import { defineCollector, gauge } from '../model.ts';

/** The 64 largest indexes and how much of them is bloat. Off by default: reads the view pg_index_bloat, which the operator provides. */
export const pgIndexBloat = defineCollector({
  id: 'pg_index_bloat',
  source: 'postgres',
  scope: 'database',
  help: 'Estimated bloat of the largest indexes',
  cacheSeconds: 300,
  timeoutSeconds: 2,
  skippedByDefault: true,
  priority: 150,
  topK: { rankedBy: 'size', enters: 64, stays: 128 },
  labels: { datname: 'Database', relname: 'Index with its schema' },
  metrics: {
    size: gauge('bytes', 'Disk space'),
    ratio: gauge('ratio', 'Estimated share of the space that is bloat'),
  },
  variants: [
    {
      branch: 'pg_index_bloat',
      since: 90400,
      sql: `
SELECT
  b.datname AS datname,
  b.nspname || '.' || b.relname AS relname,
  b.size AS size,
  b.ratio AS ratio
FROM pg_index_bloat AS b
ORDER BY b.size DESC, b.nspname, b.relname
LIMIT 128`,
    },
  ],
});
