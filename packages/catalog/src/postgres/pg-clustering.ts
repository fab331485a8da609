import { defineCollector, gauge } from '../model.ts';
import { progressRelation } from '../sql/progress-relation.ts';

/** pg_stat_progress_cluster: CLUSTER and VACUUM FULL at work. */
export const pgClustering = defineCollector({
  id: 'pg_clustering',
  source: 'postgres',
  scope: 'instance',
  help: 'Progress of CLUSTER and VACUUM FULL',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 135,
  labels: {
    datname: 'Database',
    pid: 'Process that rewrites the table',
    relname: 'Table, its OID when it is in another database than the one connected to',
  },
  metrics: {
    tup_scan: gauge('count', 'Rows read'),
    progress: gauge('ratio', 'Share of the table read, 0 when it is read through an index'),
  },
  variants: [
    {
      branch: 'pg_clustering',
      since: 120000,
      role: 'primary',
      sql: `
SELECT
  w.datname AS datname,
  w.pid::text AS pid,
  ${progressRelation('w')} AS relname,
  w.heap_tuples_scanned AS tup_scan,
  coalesce(w.heap_blks_scanned::float8 / nullif(w.heap_blks_total, 0), 0) AS progress
FROM pg_stat_progress_cluster AS w`,
    },
  ],
});
