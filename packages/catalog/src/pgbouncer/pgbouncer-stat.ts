import { counter, defineCollector, gauge, type MetricDef } from '../model.ts';

const sql = 'SHOW STATS';
const columns = { labels: { datname: 'database' } };
const microseconds = (def: MetricDef): MetricDef => ({ ...def, scale: 1e-6 });
const since123 = ['total_server_assignment_count', 'avg_server_assignment_count'] as const;
const since124 = [
  'total_client_parse_count',
  'total_server_parse_count',
  'total_bind_count',
  'avg_client_parse_count',
  'avg_server_parse_count',
  'avg_bind_count',
] as const;

/** SHOW STATS as pg_exporter shows it; averages are those of the last stats_period. */
export const pgbouncerStat = defineCollector({
  id: 'pgbouncer_stat',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'Traffic per database since PgBouncer started, and its average over the last stats_period',
  cacheSeconds: 0,
  timeoutSeconds: 1,
  priority: 153,
  labels: { datname: 'Database as clients name it' },
  metrics: {
    total_xact_count: counter('count', 'Transactions pooled'),
    total_query_count: counter('count', 'Queries pooled'),
    total_server_assignment_count: counter('count', 'Times a server was assigned to a client'),
    total_received: counter('bytes', 'Bytes received from clients'),
    total_sent: counter('bytes', 'Bytes sent to clients'),
    total_xact_time: microseconds(counter('seconds', 'Time in transactions on a server')),
    total_query_time: microseconds(counter('seconds', 'Time in which servers worked on queries')),
    total_wait_time: microseconds(counter('seconds', 'Time that clients waited for a server')),
    total_client_parse_count: counter('count', 'Prepared statements created by clients'),
    total_server_parse_count: counter('count', 'Prepared statements created on servers'),
    total_bind_count: counter('count', 'Prepared statements executed'),
    avg_xact_count: gauge('count', 'Transactions per second'),
    avg_query_count: gauge('count', 'Queries per second'),
    avg_server_assignment_count: gauge('count', 'Times a server was assigned to a client, per second'),
    avg_recv: gauge('bytes', 'Bytes received from clients per second'),
    avg_sent: gauge('bytes', 'Bytes sent to clients per second'),
    avg_xact_time: microseconds(gauge('seconds', 'Average duration of a transaction')),
    avg_query_time: microseconds(gauge('seconds', 'Average duration of a query')),
    avg_wait_time: microseconds(gauge('seconds', 'Time that clients waited for a server, per second')),
    avg_client_parse_count: gauge('count', 'Prepared statements created by clients, per second'),
    avg_server_parse_count: gauge('count', 'Prepared statements created on servers, per second'),
    avg_bind_count: gauge('count', 'Prepared statements executed per second'),
  },
  variants: [
    { branch: 'pgbouncer_stat_124', since: 12400, sql, columns },
    { branch: 'pgbouncer_stat_123', since: 12300, until: 12400, sql, columns, omits: since124 },
    { branch: 'pgbouncer_stat_108', since: 10800, until: 12300, sql, columns, omits: [...since123, ...since124] },
  ],
});
