import { exporterSelfMetrics } from '../self/exporter.ts';
import { counter, defineMetric, gauge, type MetricRef } from '../model.ts';

/** The same metric under the namespace that pg_exporter takes for PgBouncer. */
type OfPgbouncer<Metric> =
  Metric extends MetricRef<`pg_${infer Rest}`, infer Label> ? MetricRef<`pgbouncer_${Rest}`, Label> : never;

/**
 * What the exporter says about itself and PgBouncer: the names of pg_exporter with the namespace it takes there, with
 * the meaning they have for PostgreSQL. `datname` is always `pgbouncer`, `pgbouncer_in_recovery` always 0, and
 * `pgbouncer_version` 11800 for 1.18.0.
 */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fromEntries forgets the keys
export const pgbouncerSelfMetrics = Object.freeze(
  Object.fromEntries(
    Object.entries(exporterSelfMetrics).map(([key, metric]) => [
      key,
      Object.freeze({ ...metric, name: metric.name.replace(/^pg_/u, 'pgbouncer_') }),
    ]),
  ),
) as unknown as { readonly [Key in keyof typeof exporterSelfMetrics]: OfPgbouncer<(typeof exporterSelfMetrics)[Key]> };

/** What only the exporter for PgBouncer says. */
export const pgbouncerConsoleMetrics = Object.freeze({
  versionInfo: defineMetric('pgbouncer_version_info', gauge('info', 'Version of PgBouncer, constantly 1'), ['version']),
  commandUp: defineMetric(
    'pgbouncer_exporter_command_up',
    gauge('bool', 'Whether the console answered this command when it was last sent'),
    ['command'],
  ),
  commandDurationSeconds: defineMetric(
    'pgbouncer_exporter_command_duration_seconds',
    gauge('seconds', 'Time this command took when it was last sent'),
    ['command'],
  ),
  commandLastErrorInfo: defineMetric(
    'pgbouncer_exporter_command_last_error_info',
    gauge('info', 'Class of the error of this command, absent after a success, constantly 1'),
    ['command', 'class'],
  ),
  sessionAgeSeconds: defineMetric(
    'pgbouncer_exporter_session_age_seconds',
    gauge('seconds', 'Age of the console session, absent without one'),
  ),
  sessionsOpenedTotal: defineMetric(
    'pgbouncer_exporter_sessions_opened_total',
    counter('count', 'Console sessions opened since the exporter started'),
  ),
  collapsedSeries: defineMetric(
    'pgbouncer_exporter_collapsed_series',
    gauge('count', 'Combinations of labels that were counted as other, or left out, because there are too many'),
    ['query'],
  ),
  unknownColumnValue: defineMetric(
    'pgbouncer_unknown_column_value',
    gauge('unknown', 'Value of a numeric column that this version of the exporter does not know, only when asked for'),
    ['command', 'column', 'row'],
  ),
});

/** What --pgBouncer.pid-file adds: the process of PgBouncer, by the names of the community exporter. */
export const pgbouncerProcessMetrics = Object.freeze({
  cpuSecondsTotal: defineMetric('pgbouncer_process_cpu_seconds_total', counter('seconds', 'CPU time of PgBouncer')),
  openFds: defineMetric('pgbouncer_process_open_fds', gauge('count', 'Open file descriptors of PgBouncer')),
  maxFds: defineMetric('pgbouncer_process_max_fds', gauge('count', 'Most file descriptors PgBouncer may open')),
  residentMemoryBytes: defineMetric(
    'pgbouncer_process_resident_memory_bytes',
    gauge('bytes', 'Resident memory of PgBouncer'),
  ),
  virtualMemoryBytes: defineMetric(
    'pgbouncer_process_virtual_memory_bytes',
    gauge('bytes', 'Virtual memory of PgBouncer'),
  ),
  virtualMemoryMaxBytes: defineMetric(
    'pgbouncer_process_virtual_memory_max_bytes',
    gauge('bytes', 'Most virtual memory PgBouncer may have'),
  ),
  startTimeSeconds: defineMetric(
    'pgbouncer_process_start_time_seconds',
    gauge('timestamp_seconds', 'Start of PgBouncer'),
  ),
  networkReceiveBytesTotal: defineMetric(
    'pgbouncer_process_network_receive_bytes_total',
    counter('bytes', 'Bytes received in the network namespace of PgBouncer'),
  ),
  networkTransmitBytesTotal: defineMetric(
    'pgbouncer_process_network_transmit_bytes_total',
    counter('bytes', 'Bytes sent in the network namespace of PgBouncer'),
  ),
});
