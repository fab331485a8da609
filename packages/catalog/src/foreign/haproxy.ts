import { counter, defineMetric, gauge } from '../model.ts';

const server = ['instance', 'proxy', 'server'] as const;
const proxy = ['instance', 'proxy'] as const;

/**
 * What HAProxy's own exporter says, 2.0 to 3.x, as far as our rules and dashboards read it. Patroni's services are
 * proxies named `<cls>-<service>`: on `primary` and `default` exactly one server is UP by design. A status is one
 * series per state, 0 or 1 (since 2.4). Source: HAProxy, admin/prometheus.
 */
export const haproxyMetrics = Object.freeze({
  haproxyServerStatus: defineMetric(
    'haproxy_server_status',
    gauge('bool', 'Whether the server is in the state of the label: UP, DOWN, MAINT, DRAIN or NOLB'),
    [...server, 'state'],
  ),
  haproxyBackendStatus: defineMetric(
    'haproxy_backend_status',
    gauge('bool', 'Whether the backend is in the state of the label: UP or DOWN'),
    [...proxy, 'state'],
  ),
  haproxyServerCheckLastChangeSeconds: defineMetric(
    'haproxy_server_check_last_change_seconds',
    gauge('seconds', 'Since the state of the server changed'),
    server,
  ),
  haproxyServerCheckUpDownTotal: defineMetric(
    'haproxy_server_check_up_down_total',
    counter('count', 'Changes from UP to DOWN'),
    server,
  ),
  haproxyServerCheckFailuresTotal: defineMetric(
    'haproxy_server_check_failures_total',
    counter('count', 'Failed health checks while UP'),
    server,
  ),
  haproxyServerDowntimeSecondsTotal: defineMetric(
    'haproxy_server_downtime_seconds_total',
    counter('seconds', 'Time the server was DOWN'),
    server,
  ),
  haproxyServerCurrentSessions: defineMetric(
    'haproxy_server_current_sessions',
    gauge('count', 'Sessions on the server'),
    server,
  ),
  haproxyServerSessionsTotal: defineMetric(
    'haproxy_server_sessions_total',
    counter('count', 'Sessions the server was given'),
    server,
  ),
  haproxyServerWeight: defineMetric(
    'haproxy_server_weight',
    gauge('count', 'Weight of the server, 0 when it gets nothing'),
    server,
  ),
  haproxyBackendActiveServers: defineMetric(
    'haproxy_backend_active_servers',
    gauge('count', 'Servers UP that are no backup'),
    proxy,
  ),
  haproxyBackendBackupServers: defineMetric(
    'haproxy_backend_backup_servers',
    gauge('count', 'Servers UP that only serve when no active one does'),
    proxy,
  ),
  haproxyBackendCurrentQueue: defineMetric(
    'haproxy_backend_current_queue',
    gauge('count', 'Connections that wait for a server'),
    proxy,
  ),
  haproxyBackendConnectionErrorsTotal: defineMetric(
    'haproxy_backend_connection_errors_total',
    counter('count', 'Connections to servers that failed'),
    proxy,
  ),
  haproxyFrontendCurrentSessions: defineMetric(
    'haproxy_frontend_current_sessions',
    gauge('count', 'Sessions of clients'),
    proxy,
  ),
  haproxyFrontendLimitSessions: defineMetric(
    'haproxy_frontend_limit_sessions',
    gauge('count', 'Most sessions of clients'),
    proxy,
  ),
  haproxyFrontendSessionsTotal: defineMetric(
    'haproxy_frontend_sessions_total',
    counter('count', 'Sessions of clients so far'),
    proxy,
  ),
  haproxyFrontendBytesInTotal: defineMetric(
    'haproxy_frontend_bytes_in_total',
    counter('bytes', 'Bytes received from clients'),
    proxy,
  ),
  haproxyFrontendBytesOutTotal: defineMetric(
    'haproxy_frontend_bytes_out_total',
    counter('bytes', 'Bytes sent to clients'),
    proxy,
  ),
  haproxyIdleTimePercent: defineMetric(
    'haproxy_process_idle_time_percent',
    gauge('count', 'Share of the time HAProxy had nothing to do, in percent'),
    ['instance'],
  ),
  haproxyStartTimeSeconds: defineMetric(
    'haproxy_process_start_time_seconds',
    gauge('timestamp_seconds', 'When the process started'),
    ['instance'],
  ),
});
