import { defineCollector, gauge } from '../model.ts';

/** Transactions that can be told apart: half of the 32-bit circle. The server stops assigning a few million before. */
const horizon = 2_147_483_647;

/**
 * How far each database is from forced freezing and from wraparound, templates and closed databases included, as those
 * stop the server too. When it will happen: remaining_xids divided by the rate of pg_freeze_consumed_xids_total.
 */
export const pgFreeze = defineCollector({
  id: 'pg_freeze',
  source: 'postgres',
  scope: 'instance',
  help: 'Age of the oldest unfrozen transaction and multixact of each database against the limits',
  cacheSeconds: 60,
  timeoutSeconds: 0.2,
  priority: 231,
  labels: { datname: 'Database' },
  metrics: {
    age_xids: gauge('xid', 'Transactions since the oldest unfrozen one'),
    autovacuum_ratio: gauge('ratio', 'That age over autovacuum_freeze_max_age, at 1 autovacuum is forced'),
    wraparound_ratio: gauge('ratio', 'That age over 2^31, shortly before 1 the server refuses to write'),
    remaining_xids: gauge('xid', 'Transactions until wraparound'),
    age_multixacts: gauge('xid', 'Multixacts since the oldest one that may be in use'),
    autovacuum_multixact_ratio: gauge('ratio', 'That age over autovacuum_multixact_freeze_max_age'),
    wraparound_multixact_ratio: gauge('ratio', 'That age over 2^31'),
    remaining_multixacts: gauge('xid', 'Multixacts until wraparound'),
  },
  variants: [
    {
      branch: 'pg_freeze',
      since: 100000,
      sql: `
SELECT
  d.datname AS datname,
  d.xids AS age_xids,
  d.xids / current_setting('autovacuum_freeze_max_age')::float8 AS autovacuum_ratio,
  d.xids / ${horizon}::float8 AS wraparound_ratio,
  ${horizon}::bigint - d.xids AS remaining_xids,
  d.multixacts AS age_multixacts,
  d.multixacts / current_setting('autovacuum_multixact_freeze_max_age')::float8 AS autovacuum_multixact_ratio,
  d.multixacts / ${horizon}::float8 AS wraparound_multixact_ratio,
  ${horizon}::bigint - d.multixacts AS remaining_multixacts
FROM (
  SELECT datname, age(datfrozenxid) AS xids, mxid_age(datminmxid) AS multixacts FROM pg_database
) AS d`,
    },
  ],
});
