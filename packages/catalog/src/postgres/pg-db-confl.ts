import { counter, defineCollector } from '../model.ts';

const since9 = `
SELECT
  datname AS datname,
  confl_tablespace AS confl_tablespace,
  confl_lock AS confl_lock,
  confl_snapshot AS confl_snapshot,
  confl_bufferpin AS confl_bufferpin,
  confl_deadlock AS confl_deadlock`;

const source = `
FROM pg_stat_database_conflicts`;

/** pg_stat_database_conflicts: why queries on a replica were cancelled for the sake of replay. */
export const pgDbConfl = defineCollector({
  id: 'pg_db_confl',
  source: 'postgres',
  scope: 'instance',
  help: 'Queries cancelled by replay per database and cause',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 138,
  labels: { datname: 'Database' },
  metrics: {
    confl_tablespace: counter('count', 'Cancelled because their tablespace was dropped'),
    confl_lock: counter('count', 'Cancelled because they held a lock that replay needed'),
    confl_snapshot: counter('count', 'Cancelled because they could see rows that were cleaned up'),
    confl_bufferpin: counter('count', 'Cancelled because they held a buffer that replay needed'),
    confl_deadlock: counter('count', 'Cancelled because of a deadlock with replay'),
    confl_active_logicalslot: counter('count', 'Logical slots invalidated while in use, version 16 or later'),
  },
  variants: [
    {
      branch: 'pg_db_confl_16',
      since: 160000,
      role: 'replica',
      sql: `${since9},
  confl_active_logicalslot AS confl_active_logicalslot${source}`,
    },
    {
      branch: 'pg_db_confl_15',
      since: 90100,
      until: 160000,
      role: 'replica',
      omits: ['confl_active_logicalslot'],
      sql: `${since9}${source}`,
    },
  ],
});
