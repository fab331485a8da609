import { counter, defineMetric, gauge } from '../model.ts';

/**
 * What pg_exporter says about itself and the server: the 21 names, labels and types of pg_exporter 1.4 ("count"
 * metrics below `server_` and `query_` are gauges there and stay so), then our additions.
 *
 * `datname` is the database of the session that ran the queries, `query` the id of a collector.
 */
export const exporterSelfMetrics = Object.freeze({
  pgUp: defineMetric('pg_up', gauge('bool', 'Whether the server answered and every fatal collector succeeded')),
  pgVersion: defineMetric(
    'pg_version',
    gauge('id', 'Version as a number (170002), the last known while the server is down'),
  ),
  pgInRecovery: defineMetric(
    'pg_in_recovery',
    gauge('bool', 'Whether the server is a replica, the last known while the server is down'),
  ),
  pgExporterBuildInfo: defineMetric('pg_exporter_build_info', gauge('info', 'Build of the exporter, constantly 1'), [
    'version',
    'revision',
    'branch',
    'builddate',
    'goversion',
    'goos',
    'goarch',
  ]),
  pgExporterUp: defineMetric('pg_exporter_up', gauge('bool', 'Whether the exporter runs, constantly 1')),
  pgExporterUptime: defineMetric('pg_exporter_uptime', gauge('seconds', 'Time since the exporter started')),
  pgExporterLastScrapeTime: defineMetric(
    'pg_exporter_last_scrape_time',
    gauge('timestamp_seconds', 'When the last scrape began'),
  ),
  pgExporterScrapeDuration: defineMetric('pg_exporter_scrape_duration', gauge('seconds', 'Time the last scrape took')),
  pgExporterScrapeTotalCount: defineMetric(
    'pg_exporter_scrape_total_count',
    counter('count', 'Scrapes since the start'),
  ),
  pgExporterScrapeErrorCount: defineMetric(
    'pg_exporter_scrape_error_count',
    counter('count', 'Scrapes that could not read the server'),
  ),
  pgExporterServerScrapeDuration: defineMetric(
    'pg_exporter_server_scrape_duration',
    gauge('seconds', 'Time the last scrape of this database took'),
    ['datname'],
  ),
  pgExporterServerScrapeTotalSeconds: defineMetric(
    'pg_exporter_server_scrape_total_seconds',
    gauge('seconds', 'Time all scrapes of this database took'),
    ['datname'],
  ),
  pgExporterServerScrapeTotalCount: defineMetric(
    'pg_exporter_server_scrape_total_count',
    gauge('count', 'Scrapes of this database'),
    ['datname'],
  ),
  pgExporterServerScrapeErrorCount: defineMetric(
    'pg_exporter_server_scrape_error_count',
    gauge('count', 'Failed scrapes of this database'),
    ['datname'],
  ),
  pgExporterQueryCacheTtl: defineMetric(
    'pg_exporter_query_cache_ttl',
    gauge('seconds', 'Time until the cached result of this collector expires'),
    ['datname', 'query'],
  ),
  pgExporterQueryScrapeTotalCount: defineMetric(
    'pg_exporter_query_scrape_total_count',
    gauge('count', 'Scrapes of this collector, answered from the cache or not'),
    ['datname', 'query'],
  ),
  pgExporterQueryScrapeErrorCount: defineMetric(
    'pg_exporter_query_scrape_error_count',
    gauge('count', 'Scrapes of this collector that gave an error, cached errors included'),
    ['datname', 'query'],
  ),
  pgExporterQueryScrapeDuration: defineMetric(
    'pg_exporter_query_scrape_duration',
    gauge('seconds', 'Time the last execution of this collector took'),
    ['datname', 'query'],
  ),
  pgExporterQueryScrapeMetricCount: defineMetric(
    'pg_exporter_query_scrape_metric_count',
    gauge('count', 'Samples of the last result of this collector'),
    ['datname', 'query'],
  ),
  pgExporterQueryScrapeHitCount: defineMetric(
    'pg_exporter_query_scrape_hit_count',
    gauge('count', 'Scrapes of this collector answered from the cache without an error'),
    ['datname', 'query'],
  ),
  pgExporterQueryScrapePredicateSkipCount: defineMetric(
    'pg_exporter_query_scrape_predicate_skip_count',
    gauge('count', 'Scrapes of this collector skipped by one of its predicates'),
    ['datname', 'query'],
  ),

  // Additions of pgattest.
  pgRoleKnown: defineMetric(
    'pg_role_known',
    gauge('bool', 'Whether pg_in_recovery was read from the server in this scrape'),
  ),
  pgExporterScrapeBudgetSeconds: defineMetric(
    'pg_exporter_scrape_budget_seconds',
    gauge('seconds', 'Deadline this scrape had, from configuration and X-Prometheus-Scrape-Timeout-Seconds'),
  ),
  pgExporterServerUp: defineMetric(
    'pg_exporter_server_up',
    gauge('bool', 'Whether a session on this database answered in this scrape'),
    ['datname'],
  ),
  pgExporterServerLastErrorInfo: defineMetric(
    'pg_exporter_server_last_error_info',
    gauge('info', 'Class and SQLSTATE of the error that keeps this database unread, constantly 1'),
    ['datname', 'class', 'sqlstate'],
  ),
  pgExporterQueryUp: defineMetric(
    'pg_exporter_query_up',
    gauge('bool', 'Whether the last execution of this collector succeeded'),
    ['datname', 'query'],
  ),
  pgExporterQueryLastErrorInfo: defineMetric(
    'pg_exporter_query_last_error_info',
    gauge('info', 'Class and SQLSTATE of the error of the last execution, absent after a success, constantly 1'),
    ['datname', 'query', 'class', 'sqlstate'],
  ),
  pgExporterQueryStale: defineMetric(
    'pg_exporter_query_stale',
    gauge('bool', 'Whether the samples of this collector are an older result, kept while it fails'),
    ['datname', 'query'],
  ),
  pgExporterQueryAgeSeconds: defineMetric(
    'pg_exporter_query_age_seconds',
    gauge('seconds', 'Age of the samples of this collector in this scrape'),
    ['datname', 'query'],
  ),
  pgExporterQueryUnreadableValues: defineMetric(
    'pg_exporter_query_unreadable_values',
    gauge('count', 'Values of this collector that are no number and are exposed as NaN'),
    ['datname', 'query'],
  ),
  pgExporterQueryMissingColumns: defineMetric(
    'pg_exporter_query_missing_columns',
    gauge('count', 'Metrics of this collector that its last result has no column for'),
    ['datname', 'query'],
  ),
  pgExporterQueryCutSeries: defineMetric(
    'pg_exporter_query_cut_series',
    gauge('count', 'Series of this collector left out because it returned more than the limit'),
    ['datname', 'query'],
  ),
  pgExporterQueryTopEnteredTotal: defineMetric(
    'pg_exporter_query_top_entered_total',
    counter('count', 'Rows of this collector that rose among those shown, the first result not counted'),
    ['datname', 'query'],
  ),
  pgExporterQueryTopLeftTotal: defineMetric(
    'pg_exporter_query_top_left_total',
    counter('count', 'Rows of this collector that are no longer among those shown, those that are gone included'),
    ['datname', 'query'],
  ),
  pgExporterQueryTopHiddenRows: defineMetric(
    'pg_exporter_query_top_hidden_rows',
    gauge('count', 'Rows of the last result of this collector that rank too low to be shown'),
    ['datname', 'query'],
  ),
  pgExporterQueryDroppedSeriesTotal: defineMetric(
    'pg_exporter_query_dropped_series_total',
    counter('count', 'Series of this collector dropped because another one had the same name and labels'),
    ['datname', 'query'],
  ),
  pgExporterPlanSkippedQueries: defineMetric(
    'pg_exporter_plan_skipped_queries',
    gauge('count', 'Collectors that do not run on this database, by reason'),
    ['datname', 'reason'],
  ),
});

/**
 * The certificate the server shows on the TLS handshake, read without logging in: no SQL can tell when it expires.
 * Absent where the server has no TLS or is reached through a Unix socket.
 */
export const tlsEndpointMetrics = Object.freeze({
  pgExporterTlsCertificateNotAfterTimestampSeconds: defineMetric(
    'pg_exporter_tls_certificate_not_after_timestamp_seconds',
    gauge('timestamp_seconds', 'When the certificate that the server shows expires'),
  ),
  pgExporterTlsCertificateNotBeforeTimestampSeconds: defineMetric(
    'pg_exporter_tls_certificate_not_before_timestamp_seconds',
    gauge('timestamp_seconds', 'From when the certificate that the server shows is valid'),
  ),
  pgExporterTlsChainCertificates: defineMetric(
    'pg_exporter_tls_chain_certificates',
    gauge('count', 'Certificates the server sent, its own included'),
  ),
  pgExporterTlsInfo: defineMetric(
    'pg_exporter_tls_info',
    gauge('info', 'Protocol and cipher agreed on with the server, constantly 1'),
    ['protocol', 'cipher'],
  ),
  pgExporterTlsReadSuccess: defineMetric(
    'pg_exporter_tls_read_success',
    gauge('bool', 'Whether the last handshake to read the certificate succeeded'),
  ),
});

/** The same metrics one by one, for expressions. */
export const {
  pgUp,
  pgVersion,
  pgInRecovery,
  pgExporterBuildInfo,
  pgExporterUp,
  pgExporterUptime,
  pgExporterLastScrapeTime,
  pgExporterScrapeDuration,
  pgExporterScrapeTotalCount,
  pgExporterScrapeErrorCount,
  pgExporterServerScrapeDuration,
  pgExporterServerScrapeTotalSeconds,
  pgExporterServerScrapeTotalCount,
  pgExporterServerScrapeErrorCount,
  pgExporterQueryCacheTtl,
  pgExporterQueryScrapeTotalCount,
  pgExporterQueryScrapeErrorCount,
  pgExporterQueryScrapeDuration,
  pgExporterQueryScrapeMetricCount,
  pgExporterQueryScrapeHitCount,
  pgExporterQueryScrapePredicateSkipCount,
  pgRoleKnown,
  pgExporterScrapeBudgetSeconds,
  pgExporterServerUp,
  pgExporterServerLastErrorInfo,
  pgExporterQueryUp,
  pgExporterQueryLastErrorInfo,
  pgExporterQueryStale,
  pgExporterQueryAgeSeconds,
  pgExporterQueryUnreadableValues,
  pgExporterQueryMissingColumns,
  pgExporterQueryCutSeries,
  pgExporterQueryTopEnteredTotal,
  pgExporterQueryTopLeftTotal,
  pgExporterQueryTopHiddenRows,
  pgExporterQueryDroppedSeriesTotal,
  pgExporterPlanSkippedQueries,
} = exporterSelfMetrics;
