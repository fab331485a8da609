import { counter, defineCollector, gauge, state } from '../model.ts';
import { observedSchemas } from '../sql/observed-schemas.ts';

const since10 = `
SELECT
  current_database() AS datname,
  t.nspname || '.' || t.relname AS relname,
  t.oid AS relid,
  ascii(t.relkind::text) AS kind,
  t.relpages AS pages,
  t.reltuples AS tuples,
  t.relfrozenxid::text::bigint AS frozenxid,
  CASE WHEN t.relfrozenxid <> '0'::xid THEN age(t.relfrozenxid) END AS age,
  t.relnatts AS ncols,
  pg_stat_get_numscans(t.oid) AS seq_scan,
  pg_stat_get_tuples_returned(t.oid) AS seq_tup_read,
  x.scans AS idx_scan,
  x.fetched + pg_stat_get_tuples_fetched(t.oid) AS idx_tup_fetch,
  pg_stat_get_numscans(t.oid) + x.scans AS tbl_scan,
  pg_stat_get_tuples_returned(t.oid) + x.fetched + pg_stat_get_tuples_fetched(t.oid) AS tup_read,
  pg_stat_get_tuples_inserted(t.oid) AS n_tup_ins,
  pg_stat_get_tuples_updated(t.oid) AS n_tup_upd,
  pg_stat_get_tuples_deleted(t.oid) AS n_tup_del,
  pg_stat_get_tuples_inserted(t.oid) + pg_stat_get_tuples_updated(t.oid) + pg_stat_get_tuples_deleted(t.oid) AS n_tup_mod,
  pg_stat_get_tuples_hot_updated(t.oid) AS n_tup_hot_upd,
  pg_stat_get_live_tuples(t.oid) AS n_live_tup,
  pg_stat_get_dead_tuples(t.oid) AS n_dead_tup,
  pg_stat_get_mod_since_analyze(t.oid) AS n_mod_since_analyze,
  pg_stat_get_vacuum_count(t.oid) AS vacuum_count,
  pg_stat_get_autovacuum_count(t.oid) AS autovacuum_count,
  pg_stat_get_analyze_count(t.oid) AS analyze_count,
  pg_stat_get_autoanalyze_count(t.oid) AS autoanalyze_count,
  pg_stat_get_blocks_fetched(t.oid) - pg_stat_get_blocks_hit(t.oid) AS heap_blks_read,
  pg_stat_get_blocks_hit(t.oid) AS heap_blks_hit,
  x.blocks - x.blocks_hit AS idx_blks_read,
  x.blocks_hit AS idx_blks_hit`;

const since13 = `${since10},
  pg_stat_get_ins_since_vacuum(t.oid) AS n_ins_since_vacuum`;

const since16 = `${since13},
  pg_stat_get_tuples_newpage_updated(t.oid) AS n_tup_newpage_upd`;

const since18 = `${since16},
  pg_stat_get_total_vacuum_time(t.oid) / 1000 AS vacuum_time,
  pg_stat_get_total_autovacuum_time(t.oid) / 1000 AS autovacuum_time,
  pg_stat_get_total_analyze_time(t.oid) / 1000 AS analyze_time,
  pg_stat_get_total_autoanalyze_time(t.oid) / 1000 AS autoanalyze_time`;

// The tables are chosen before any statistic is read: the views pg_stat_user_tables and pg_statio_user_tables would
// add up all tables of the database first. relpages changes with VACUUM and ANALYZE only, so the choice is rather stable.
const largest = `
FROM
  (
    SELECT n.nspname, c.oid, c.relname, c.relkind, c.relpages, c.reltuples, c.relfrozenxid, c.relnatts
    FROM
      pg_class AS c
      JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'm', 't', 'p') AND ${observedSchemas('n.nspname')}
    ORDER BY c.relpages DESC, c.oid
    LIMIT 512
  ) AS t
  CROSS JOIN LATERAL (
    SELECT
      coalesce(sum(pg_stat_get_numscans(i.indexrelid)), 0) AS scans,
      coalesce(sum(pg_stat_get_tuples_fetched(i.indexrelid)), 0) AS fetched,
      coalesce(sum(pg_stat_get_blocks_fetched(i.indexrelid)), 0) AS blocks,
      coalesce(sum(pg_stat_get_blocks_hit(i.indexrelid)), 0) AS blocks_hit
    FROM pg_index AS i
    WHERE i.indrelid = t.oid
  ) AS x`;

/**
 * The 256 largest tables of the database and what was done to them; takes no lock on any of them.
 *
 * tbl_scan and tup_read count a table without index by its sequential scans. Where freezing does not apply (a
 * partitioned table), age is NULL rather than the largest number there is.
 */
export const pgTable = defineCollector({
  id: 'pg_table',
  source: 'postgres',
  scope: 'database',
  help: 'Largest tables and their statistics',
  cacheSeconds: 10,
  timeoutSeconds: 2,
  priority: 142,
  topK: { rankedBy: 'pages', enters: 256, stays: 512 },
  labels: { datname: 'Database', relname: 'Table with its schema' },
  metrics: {
    relid: gauge('id', 'OID of the table'),
    kind: state('Kind of table, as the code of the letter', {
      109: 'materialized view',
      112: 'partitioned table',
      114: 'table',
      116: 'TOAST table',
    }),
    pages: gauge('count', 'Blocks, as of the last VACUUM or ANALYZE'),
    tuples: gauge('count', 'Rows, as of the last VACUUM or ANALYZE; -1 for never from version 14'),
    frozenxid: gauge('xid', 'Transaction before which everything is frozen, 0 where nothing is to freeze'),
    age: gauge('xid', 'Transactions since the oldest unfrozen one, NaN where nothing is to freeze'),
    ncols: gauge('count', 'Columns'),
    seq_scan: counter('count', 'Sequential scans'),
    seq_tup_read: counter('count', 'Live rows read by sequential scans'),
    idx_scan: counter('count', 'Scans of its indexes'),
    idx_tup_fetch: counter('count', 'Live rows fetched through its indexes'),
    tbl_scan: counter('count', 'Scans, sequential or of an index'),
    tup_read: counter('count', 'Live rows read, sequentially or through an index'),
    n_tup_ins: counter('count', 'Rows inserted'),
    n_tup_upd: counter('count', 'Rows updated'),
    n_tup_del: counter('count', 'Rows deleted'),
    n_tup_mod: counter('count', 'Rows inserted, updated or deleted'),
    n_tup_hot_upd: counter('count', 'Rows updated without a new index entry'),
    n_tup_newpage_upd: counter('count', 'Rows whose update went to another page, version 16 or later'),
    n_live_tup: gauge('count', 'Live rows, estimated'),
    n_dead_tup: gauge('count', 'Dead rows, estimated'),
    n_mod_since_analyze: gauge('count', 'Rows changed since the last ANALYZE, estimated'),
    n_ins_since_vacuum: gauge('count', 'Rows inserted since the last VACUUM, estimated, version 13 or later'),
    vacuum_count: counter('count', 'VACUUMs by hand, FULL not counted'),
    autovacuum_count: counter('count', 'VACUUMs by autovacuum'),
    analyze_count: counter('count', 'ANALYZEs by hand'),
    autoanalyze_count: counter('count', 'ANALYZEs by autovacuum'),
    vacuum_time: counter('seconds', 'Time spent on VACUUMs by hand, version 18 or later'),
    autovacuum_time: counter('seconds', 'Time spent on VACUUMs by autovacuum, version 18 or later'),
    analyze_time: counter('seconds', 'Time spent on ANALYZEs by hand, version 18 or later'),
    autoanalyze_time: counter('seconds', 'Time spent on ANALYZEs by autovacuum, version 18 or later'),
    heap_blks_read: counter('count', 'Blocks of the table read from outside the buffer cache'),
    heap_blks_hit: counter('count', 'Blocks of the table found in the buffer cache'),
    idx_blks_read: counter('count', 'Blocks of its indexes read from outside the buffer cache'),
    idx_blks_hit: counter('count', 'Blocks of its indexes found in the buffer cache'),
  },
  variants: [
    { branch: 'pg_table_18', since: 180000, sql: `${since18}${largest}` },
    {
      branch: 'pg_table_16',
      since: 160000,
      until: 180000,
      omits: ['vacuum_time', 'autovacuum_time', 'analyze_time', 'autoanalyze_time'],
      sql: `${since16}${largest}`,
    },
    {
      branch: 'pg_table_13',
      since: 130000,
      until: 160000,
      omits: ['vacuum_time', 'autovacuum_time', 'analyze_time', 'autoanalyze_time', 'n_tup_newpage_upd'],
      sql: `${since13}${largest}`,
    },
    {
      branch: 'pg_table_10',
      since: 90400,
      until: 130000,
      omits: [
        'vacuum_time',
        'autovacuum_time',
        'analyze_time',
        'autoanalyze_time',
        'n_tup_newpage_upd',
        'n_ins_since_vacuum',
      ],
      sql: `${since10}${largest}`,
    },
  ],
});
