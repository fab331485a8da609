import { counter, defineCollector, type MetricDef } from '../model.ts';

const sql = 'SHOW STATS';
const microseconds = (def: MetricDef): MetricDef => ({ ...def, scale: 1e-6 });
const columns = {
  values: {
    queries_pooled_total: 'total_query_count',
    queries_duration_seconds_total: 'total_query_time',
    received_bytes_total: 'total_received',
    sent_bytes_total: 'total_sent',
    client_wait_seconds_total: 'total_wait_time',
    sql_transactions_pooled_total: 'total_xact_count',
    server_in_transaction_seconds_total: 'total_xact_time',
    server_assignments_total: 'total_server_assignment_count',
    client_parses_total: 'total_client_parse_count',
    server_parses_total: 'total_server_parse_count',
    binds_total: 'total_bind_count',
  },
};
const since124 = ['client_parses_total', 'server_parses_total', 'binds_total'] as const;

/**
 * Totals by the names of the community exporter from 0.11 on. It reads SHOW STATS_TOTALS, whose numbers are those of
 * SHOW STATS, which is asked already. Its pgbouncer_stats_totals_queries_total has no column since 1.8 and no series.
 */
export const pgbouncerStatsTotals = defineCollector({
  id: 'pgbouncer_stats_totals',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'Traffic per database since PgBouncer started, by the names of the community exporter',
  cacheSeconds: 0,
  timeoutSeconds: 1,
  priority: 162,
  labels: { database: 'Database as clients name it' },
  metrics: {
    queries_pooled_total: counter('count', 'Queries pooled'),
    queries_duration_seconds_total: microseconds(counter('seconds', 'Time in which servers worked on queries')),
    received_bytes_total: counter('bytes', 'Bytes received from clients'),
    sent_bytes_total: counter('bytes', 'Bytes sent to clients'),
    client_wait_seconds_total: microseconds(counter('seconds', 'Time that clients waited for a server')),
    sql_transactions_pooled_total: counter('count', 'Transactions pooled'),
    server_in_transaction_seconds_total: microseconds(counter('seconds', 'Time in transactions on a server')),
    server_assignments_total: counter('count', 'Times a server was assigned to a client'),
    client_parses_total: counter('count', 'Prepared statements created by clients'),
    server_parses_total: counter('count', 'Prepared statements created on servers'),
    binds_total: counter('count', 'Prepared statements executed'),
  },
  variants: [
    { branch: 'pgbouncer_stats_totals_124', since: 12400, sql, columns },
    { branch: 'pgbouncer_stats_totals_123', since: 12300, until: 12400, sql, columns, omits: since124 },
    {
      branch: 'pgbouncer_stats_totals_108',
      since: 10800,
      until: 12300,
      sql,
      columns,
      omits: ['server_assignments_total', ...since124],
    },
  ],
});
