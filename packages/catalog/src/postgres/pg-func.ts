import { counter, defineCollector } from '../model.ts';

/** pg_stat_user_functions: the 128 functions that took most time; empty unless track_functions is on. */
export const pgFunc = defineCollector({
  id: 'pg_func',
  source: 'postgres',
  scope: 'database',
  help: 'Functions that took most time',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 144,
  topK: { rankedBy: 'total_time', enters: 128, stays: 256 },
  labels: { datname: 'Database', funcname: 'Function with its schema; those that differ in arguments count as one' },
  metrics: {
    calls: counter('count', 'Calls'),
    total_time: counter('seconds', 'Time spent in the function and those it calls'),
    self_time: counter('seconds', 'Time spent in the function itself'),
  },
  variants: [
    {
      branch: 'pg_func',
      since: 90400,
      sql: `
SELECT
  current_database() AS datname,
  f.schemaname || '.' || f.funcname AS funcname,
  sum(f.calls) AS calls,
  sum(f.total_time) / 1000 AS total_time,
  sum(f.self_time) / 1000 AS self_time
FROM pg_stat_user_functions AS f
GROUP BY f.schemaname, f.funcname
ORDER BY sum(f.total_time) DESC, f.schemaname, f.funcname
LIMIT 256`,
    },
  ],
});
