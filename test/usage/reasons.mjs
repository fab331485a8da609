// Why a name that Pigsty's dashboards and rules read may have no data. Reviewed one by one; each reason says how it is
// checked against the data, so that it cannot outlive what made it true.

/** Needs a newer server than any that is scraped: holds while `version`, over all targets, is below `since`. */
const sinceVersion = (version, since, what) => ({
  kind: 'version',
  why: what,
  unless: `max(${version}) >= ${since}`,
});

/** What would be shown does not exist now: holds while `unless` has no data. */
const absent = (why, unless) => ({ kind: 'absent', why, unless });

/** Another exporter measures it, which is no part of this stack. */
const external = (exporter, why) => ({ kind: 'external exporter', why: `${exporter}: ${why}` });

/** Pigsty reads the name, and nothing of Pigsty has ever made it: its panel is empty there, too. */
const neverMade = (instead) => ({ kind: 'undefined', why: `no exporter and no rule of Pigsty makes it; ${instead}` });

const nodeExporter = 'the node exporter and rules over it measure the host';
const needsProcessors = external(
  'node_exporter',
  'our rule reads node_cpu_seconds_total of the host, found by the label ip',
);

const hostRules = [
  'cpu_count',
  'cpu_usage',
  'cpu_usage_1m',
  'cpu_usage_5m',
  'cpu_usage_15m',
  'load1',
  'load5',
  'load15',
  'saturation1',
  'saturation5',
  'saturation15',
];

/** Each entry: names, or patterns of whole names, and the reason they share. The first that matches counts. */
export const reasons = [
  { names: ['pg:table:scan'], ...neverMade('scans of a table are pg:table:scan_rate1m') },
  {
    names: ['pg_archiver_last_failed_time', 'pg_archiver_last_finish_time'],
    ...neverMade('the times are pg_archiver_failed_time and pg_archiver_finish_time'),
  },
  { names: ['pg_backup_sent_phase'], ...neverMade('a base backup shows its bytes, pg_backup_sent_bytes') },
  { names: ['pg_io_op_bytes'], ...neverMade('bytes are pg_io_read_bytes and its kin, from PostgreSQL 18 on') },
  {
    names: [/pg_table_(tidx|toast)_blks_(hit|read)/],
    ...neverMade('blocks of TOAST tables are not collected'),
  },
  {
    names: [/pg_io_\w+/],
    ...sinceVersion('pg_version', 160000, 'pg_stat_io came with PostgreSQL 16'),
  },
  {
    names: ['pgbouncer_database_server_lifetime'],
    ...sinceVersion('pgbouncer_version', 12300, 'SHOW DATABASES has server_lifetime from PgBouncer 1.23 on'),
  },
  {
    names: ['pgbouncer_stat_avg_server_assignment_count'],
    ...sinceVersion('pgbouncer_version', 12300, 'SHOW STATS counts assignments from PgBouncer 1.23 on'),
  },
  {
    names: ['pg_backup_sent_bytes', 'pg_backup_total_bytes'],
    ...absent('no base backup is being sent', 'pg_downstream_count{state="backup"} > 0'),
  },
  {
    names: ['pg_pubrel_count'],
    ...absent('no database has a publication', 'pg_exporter_query_scrape_metric_count{query="pg_pubrel"} > 0'),
  },
  {
    names: [/pg_sub_\w+/, 'pg_subrel_count'],
    ...absent('no database has a subscription', 'pg_exporter_query_scrape_metric_count{query=~"pg_sub|pg_subrel"} > 0'),
  },
  {
    names: ['pg_seq_last_value'],
    ...absent('no database has a sequence', 'pg_exporter_query_scrape_metric_count{query="pg_seq"} > 0'),
  },
  {
    names: [/pg_func_\w+/],
    ...absent(
      'no function has been called since track_functions was set',
      'pg_exporter_query_scrape_metric_count{query="pg_func"} > 0',
    ),
  },
  {
    names: ['pg_slot_catalog_xmin'],
    ...absent('no logical replication slot exists', 'pg_slot_active{slot_type="logical"}'),
  },
  {
    names: ['pg_repl_backend_xmin'],
    ...absent(
      'no standby that streams without a slot sends hot_standby_feedback; with a slot it is pg_slot_xmin',
      'count(pg_repl_state) > count(pg_slot_active == 1)',
    ),
  },
  {
    names: ['pg_wait_event_count'],
    ...absent(
      'the extension pg_wait_sampling is not installed (Debian: postgresql-15-pg-wait-sampling)',
      'pg_extension_info{name="pg_wait_sampling"}',
    ),
  },
  {
    names: ['pg:cls:bridges'],
    ...absent(
      'no replica feeds another one',
      'pg_downstream_count{state="streaming"} > 0 and on (job, cls, ins) pg_in_recovery == 1',
    ),
  },
  {
    names: [/pgbouncer:\w+:(xact|query)_rt_(1m|5m|15m|sigma15m)/],
    ...absent('nothing went through PgBouncer within 15 minutes', 'pgbouncer:env:xact_rate15m > 0'),
  },
  {
    names: ['pg:cls:certificate_remaining_seconds'],
    ...absent(
      'no exporter reaches its server by TLS: the certificate is not shown on a Unix socket',
      'pg_exporter_tls_certificate_not_after_timestamp_seconds',
    ),
  },
  {
    names: ['pgbackrest:cls:schedule_missed'],
    ...absent('no schedule of backups is declared to an exporter', 'pgbackrest_schedule_missed'),
  },
  {
    names: ['pgbackrest:cls:verify_age_seconds', 'pgbackrest:cls:verify_ok'],
    ...absent('pgbackrest verify has not been run', 'pgbackrest_verify_age_seconds'),
  },
  {
    names: ['pgbackrest:cls:drill_passed_age_seconds'],
    ...absent('no restore drill has passed', 'pgbackrest_drill_last_passed_timestamp_seconds'),
  },
  {
    names: [/pg:\w+:ixact_ratio_(1m|5m|15m)/],
    ...absent('no session was active or idle in a transaction', 'pg:env:active_time_rate15m > 0'),
  },
  {
    names: ['pg:db:blks_hit_ratio1m', 'pg:ins:blks_hit_ratio1m'],
    ...absent('no block was asked for within a minute', 'pg:db:blks_access_1m > 0'),
  },
  {
    names: ['pg:db:age_exhaust'],
    ...absent('no transaction id was used up within an hour', 'pg:db:age_deriv1h > 0'),
  },
  {
    names: ['pg:query:rt_1m'],
    ...absent('no statement was executed within a minute', 'pg:query:call_rate1m > 0'),
  },
  {
    names: [
      ...hostRules.flatMap((name) => [`pg:ins:${name}`, `pg:cls:${name}`, `pg:env:${name}`]),
      ...['1', '5', '15'].flatMap((minutes) => [
        `pgbouncer:ins:load${minutes}`,
        `pgbouncer:cls:load${minutes}`,
        `ins:pressure${minutes}`,
        `cls:pressure${minutes}`,
      ]),
    ],
    ...needsProcessors,
    unless: 'node_cpu_seconds_total{mode="idle",ip!=""} and on (ip) pg_up',
  },
  {
    names: ['pg:ins:mem_size'],
    ...external('node_exporter', 'our rule reads node_memory_MemTotal_bytes of the host, found by the label ip'),
    unless: 'node_memory_MemTotal_bytes{ip!=""} and on (ip) pg_up',
  },
  {
    names: ['pg:ins:fs_size', 'pg:ins:space_usage'],
    ...external('node_exporter', 'our rules read node_filesystem_* of the host, found by the label ip'),
    unless: 'node_filesystem_size_bytes{ip!=""} and on (ip) pg_up',
  },
  { names: [/node:\w+:\w+/], ...external('node_exporter', nodeExporter) },
  { names: ['node_up'], ...external('node_exporter', 'whether it can be scraped') },
  { names: ['docker_up'], ...external('docker', 'its own metrics endpoint') },
  { names: ['keepalived_exporter_up'], ...external('keepalived_exporter', 'virtual addresses by VRRP') },
  { names: ['minio_up'], ...external('MinIO', 'its own metrics endpoint; a repository in S3 is read by pgBackRest') },
  { names: ['mysql_exporter_up'], ...external('mysqld_exporter', 'MySQL is no part of this stack') },
  { names: ['vector_up'], ...external('Vector', 'logs are no part of this stack') },
  {
    names: ['infra_up'],
    ...external('Grafana, VictoriaMetrics and others', 'targets of the monitoring system itself'),
  },
  { names: ['agent_up'], ...external('node_exporter and Vector', 'whatever Pigsty runs on each of its own hosts') },
];
