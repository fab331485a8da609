import { counter, defineCollector, type MetricDef } from '../model.ts';

const microseconds = (def: MetricDef): MetricDef => ({ ...def, scale: 1e-6 });

/** The names that the community exporter had up to 0.10; off unless asked for. */
export const pgbouncerStats = defineCollector({
  id: 'pgbouncer_stats',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'Traffic per database since PgBouncer started, by the names of the community exporter before 0.11',
  cacheSeconds: 0,
  timeoutSeconds: 1,
  skippedByDefault: true,
  priority: 163,
  labels: { database: 'Database as clients name it' },
  metrics: {
    queries_pooled_total: counter('count', 'Queries pooled'),
    queries_duration_seconds_total: microseconds(counter('seconds', 'Time in which servers worked on queries')),
    received_bytes_total: counter('bytes', 'Bytes received from clients'),
    sent_bytes_total: counter('bytes', 'Bytes sent to clients'),
    client_wait_seconds_total: microseconds(counter('seconds', 'Time that clients waited for a server')),
    sql_transactions_pooled_total: counter('count', 'Transactions pooled'),
    server_in_transaction_seconds_total: microseconds(counter('seconds', 'Time in transactions on a server')),
  },
  variants: [
    {
      branch: 'pgbouncer_stats',
      since: 10800,
      sql: 'SHOW STATS',
      columns: {
        values: {
          queries_pooled_total: 'total_query_count',
          queries_duration_seconds_total: 'total_query_time',
          received_bytes_total: 'total_received',
          sent_bytes_total: 'total_sent',
          client_wait_seconds_total: 'total_wait_time',
          sql_transactions_pooled_total: 'total_xact_count',
          server_in_transaction_seconds_total: 'total_xact_time',
        },
      },
    },
  ],
});
