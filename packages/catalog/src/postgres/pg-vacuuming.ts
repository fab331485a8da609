import { counter, defineCollector, gauge } from '../model.ts';
import { progressRelation } from '../sql/progress-relation.ts';

const since12 = `
SELECT
  v.datname AS datname,
  v.pid::text AS pid,
  ${progressRelation('v')} AS relname,
  CASE
    WHEN v.phase NOT IN ('scanning heap', 'vacuuming heap') THEN NULL
    WHEN v.heap_blks_total = 0 THEN 0
    WHEN v.phase = 'scanning heap' THEN v.heap_blks_scanned::float8 / v.heap_blks_total
    ELSE v.heap_blks_vacuumed::float8 / v.heap_blks_total
  END AS progress`;

const since17 = `${since12},
  v.indexes_total AS indexes_total,
  v.indexes_processed AS indexes_processed,
  v.dead_tuple_bytes AS dead_tuple_bytes`;

const source = `
FROM pg_stat_progress_vacuum AS v`;

/** pg_stat_progress_vacuum: VACUUMs at work, those of autovacuum too. */
export const pgVacuuming = defineCollector({
  id: 'pg_vacuuming',
  source: 'postgres',
  scope: 'instance',
  help: 'Progress of VACUUM',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 133,
  labels: {
    datname: 'Database',
    pid: 'Process that vacuums',
    relname: 'Table, its OID when it is in another database than the one connected to',
  },
  metrics: {
    progress: gauge('ratio', 'Share of the table scanned or vacuumed in this phase, NaN in phases of other work'),
    indexes_total: gauge('count', 'Indexes this round has to vacuum, version 17 or later'),
    indexes_processed: gauge('count', 'Indexes this round has vacuumed, version 17 or later'),
    dead_tuple_bytes: gauge('bytes', 'Memory taken by the list of dead rows, version 17 or later'),
    delay_time: counter('seconds', 'Time slept by cost-based delay, version 18 or later'),
  },
  variants: [
    {
      branch: 'pg_vacuuming_18',
      since: 180000,
      role: 'primary',
      sql: `${since17},
  v.delay_time / 1000 AS delay_time${source}`,
    },
    {
      branch: 'pg_vacuuming_17',
      since: 170000,
      until: 180000,
      role: 'primary',
      omits: ['delay_time'],
      sql: `${since17}${source}`,
    },
    {
      branch: 'pg_vacuuming_12',
      since: 120000,
      until: 170000,
      role: 'primary',
      omits: ['indexes_total', 'indexes_processed', 'dead_tuple_bytes', 'delay_time'],
      sql: `${since12}${source}`,
    },
  ],
});
