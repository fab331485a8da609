import { defineCollector, gauge } from '../model.ts';

/** pg_stat_autovacuum_scores in one row per database: how urgent autovacuum finds its tables. */
export const pgVacuumScore = defineCollector({
  id: 'pg_vacuum_score',
  source: 'postgres',
  scope: 'database',
  help: 'How urgent autovacuum finds the tables of a database',
  cacheSeconds: 10,
  timeoutSeconds: 1,
  priority: 141,
  labels: { datname: 'Database' },
  metrics: {
    max_score: gauge('count', 'Highest score of a table'),
    max_xid_score: gauge('count', 'Highest score for the age of transactions'),
    max_mxid_score: gauge('count', 'Highest score for the age of multixacts'),
    max_vacuum_score: gauge('count', 'Highest score for dead rows'),
    max_vacuum_insert_score: gauge('count', 'Highest score for inserted rows'),
    max_analyze_score: gauge('count', 'Highest score for changed rows since ANALYZE'),
    table_count: gauge('count', 'Tables with a score, TOAST tables included'),
    candidate_count: gauge('count', 'Tables autovacuum would vacuum or analyse now'),
    vacuum_candidate_count: gauge('count', 'Tables autovacuum would vacuum now'),
    analyze_candidate_count: gauge('count', 'Tables autovacuum would analyse now'),
    wraparound_candidate_count: gauge('count', 'Tables autovacuum would vacuum now to prevent wraparound'),
  },
  variants: [
    {
      branch: 'pg_vacuum_score',
      since: 190000,
      role: 'primary',
      sql: `
SELECT
  current_database() AS datname,
  coalesce(max(score), 0) AS max_score,
  coalesce(max(xid_score), 0) AS max_xid_score,
  coalesce(max(mxid_score), 0) AS max_mxid_score,
  coalesce(max(vacuum_score), 0) AS max_vacuum_score,
  coalesce(max(vacuum_insert_score), 0) AS max_vacuum_insert_score,
  coalesce(max(analyze_score), 0) AS max_analyze_score,
  count(*) AS table_count,
  count(*) FILTER (WHERE do_vacuum OR do_analyze) AS candidate_count,
  count(*) FILTER (WHERE do_vacuum) AS vacuum_candidate_count,
  count(*) FILTER (WHERE do_analyze) AS analyze_candidate_count,
  count(*) FILTER (WHERE for_wraparound) AS wraparound_candidate_count
FROM pg_stat_autovacuum_scores`,
    },
  ],
});
