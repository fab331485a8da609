import { defineCollector, gauge } from '../model.ts';
import { progressRelation } from '../sql/progress-relation.ts';

/** pg_stat_progress_create_index: CREATE INDEX and REINDEX at work. A share of nothing is NULL. */
export const pgIndexing = defineCollector({
  id: 'pg_indexing',
  source: 'postgres',
  scope: 'instance',
  help: 'Progress of CREATE INDEX and REINDEX',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 134,
  labels: {
    datname: 'Database',
    pid: 'Process that builds the index',
    relname: 'Table, its OID when it is in another database than the one connected to',
  },
  metrics: {
    blocks: gauge('ratio', 'Share of the blocks done in this phase'),
    tuples: gauge('ratio', 'Share of the rows done in this phase'),
    partitions: gauge('ratio', 'Share of the partitions that have their index'),
    lockers: gauge('ratio', 'Share of the transactions waited for that have ended'),
  },
  variants: [
    {
      branch: 'pg_indexing',
      since: 120000,
      role: 'primary',
      sql: `
SELECT
  x.datname AS datname,
  x.pid::text AS pid,
  ${progressRelation('x')} AS relname,
  x.blocks_done::float8 / nullif(x.blocks_total, 0) AS blocks,
  x.tuples_done::float8 / nullif(x.tuples_total, 0) AS tuples,
  x.partitions_done::float8 / nullif(x.partitions_total, 0) AS partitions,
  x.lockers_done::float8 / nullif(x.lockers_total, 0) AS lockers
FROM pg_stat_progress_create_index AS x`,
    },
  ],
});
