import { counter, defineCollector } from '../model.ts';

/** One of the three generations of pg_stat_statements; they differ in the names of the times and in WAL. */
const topStatements = (execTime: string, blockTimes: string, more: string): string => `
SELECT
  d.datname AS datname,
  s.queryid::text AS query,
  sum(s.calls) AS calls,
  sum(s.rows) AS rows,
  sum(s.${execTime}) / 1000 AS exec_time,
  sum(s.${blockTimes}_read_time + s.${blockTimes}_write_time) / 1000 AS io_time,
  sum(s.shared_blks_hit) AS sblk_hit,
  sum(s.shared_blks_read) AS sblk_read,
  sum(s.shared_blks_dirtied) AS sblk_dirtied,
  sum(s.shared_blks_written) AS sblk_written${more}
FROM
  pg_stat_statements(false) AS s
  JOIN pg_database AS d ON d.oid = s.dbid
WHERE s.userid <> 10 AND s.calls > 4
GROUP BY d.datname, s.queryid
ORDER BY sum(s.calls) DESC, d.datname, s.queryid
LIMIT 512`;

const walBytes = `,
  sum(s.wal_bytes) AS wal_bytes`;

/**
 * pg_stat_statements without the text of the statements, which would read the whole text file: the 128 statements
 * called most, over all users but the bootstrap superuser, of those a user called at least five times. The next 384 are
 * returned too: some stay shown, and what the others do is summed. A total over the view instead would fall whenever
 * the server evicts a statement, and a counter that falls counts as started anew.
 *
 * The extension is found through the search_path of the monitoring role.
 */
export const pgQuery = defineCollector({
  id: 'pg_query',
  source: 'postgres',
  scope: 'instance',
  help: 'Statements called most',
  cacheSeconds: 10,
  timeoutSeconds: 2,
  priority: 132,
  requires: { extensions: ['pg_stat_statements'] },
  topK: { rankedBy: 'calls', enters: 128, stays: 256, otherBy: ['datname'] },
  labels: { datname: 'Database', query: 'queryid of the statement' },
  metrics: {
    calls: counter('count', 'Executions'),
    rows: counter('count', 'Rows returned or changed'),
    exec_time: counter('seconds', 'Time spent executing'),
    io_time: counter('seconds', 'Time spent on reading and writing blocks, 0 unless track_io_timing is on'),
    wal_bytes: counter('bytes', 'WAL generated, version 13 or later'),
    sblk_hit: counter('count', 'Blocks found in the buffer cache'),
    sblk_read: counter('count', 'Blocks read from outside the buffer cache'),
    sblk_dirtied: counter('count', 'Blocks changed'),
    sblk_written: counter('count', 'Blocks written'),
  },
  variants: [
    { branch: 'pg_query_17', since: 170000, sql: topStatements('total_exec_time', 'shared_blk', walBytes) },
    { branch: 'pg_query_13', since: 130000, until: 170000, sql: topStatements('total_exec_time', 'blk', walBytes) },
    {
      branch: 'pg_query_10',
      since: 90400,
      until: 130000,
      omits: ['wal_bytes'],
      sql: topStatements('total_time', 'blk', ''),
    },
  ],
});
