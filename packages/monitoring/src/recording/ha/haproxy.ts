import { gauge, haproxyMetrics, promql, select } from '@pgattest/catalog';
import { defineRecording } from '../../model.ts';
import { levelLabels } from '../level.ts';

/** How busy an HAProxy is. */
export const haproxyUsage = defineRecording('haproxy:ins:usage', {
  ...gauge('ratio', 'Share of the time HAProxy had something to do'),
  labels: levelLabels.ins,
  expr: promql`1 - ${haproxyMetrics.haproxyIdleTimePercent} / 100`,
});

/** How busy the HAProxies of a cluster are on average. */
export const haproxyClusterUsage = defineRecording('haproxy:cls:usage', {
  ...gauge('ratio', 'Share of the time the HAProxies had something to do'),
  labels: levelLabels.cls,
  expr: promql`avg by (job, cls) (${haproxyUsage})`,
});

/** How long an HAProxy runs. */
export const haproxyUptime = defineRecording('haproxy:ins:uptime', {
  ...gauge('seconds', 'Time since the process started'),
  labels: levelLabels.ins,
  expr: promql`time() - ${haproxyMetrics.haproxyStartTimeSeconds}`,
});

/** Whether an HAProxy has a server for a service. */
export const haproxyServiceUp = defineRecording('haproxy:ins:service_up', {
  ...gauge('bool', 'Whether this HAProxy has a server for the service'),
  labels: [...levelLabels.ins, 'proxy'],
  expr: promql`max without (state) (${select(haproxyMetrics.haproxyBackendStatus, { state: 'UP' })})`,
});

/** Whether any HAProxy of a cluster has a server for a service. */
export const haproxyClusterServiceUp = defineRecording('haproxy:cls:service_up', {
  ...gauge('bool', 'Whether any HAProxy has a server for the service'),
  labels: levelLabels.svc,
  expr: promql`max by (job, cls, proxy) (${haproxyServiceUp})`,
});

/** Fewest servers that any HAProxy has for a service, backups not counted. */
export const haproxyFewestServers = defineRecording('haproxy:svc:active_servers_min', {
  ...gauge('count', 'Servers UP that are no backup, on the HAProxy that has fewest'),
  labels: levelLabels.svc,
  expr: promql`min by (job, cls, proxy) (${haproxyMetrics.haproxyBackendActiveServers})`,
});

/** Most servers that any HAProxy has for a service: more than one of `primary` is a split brain. */
export const haproxyMostServers = defineRecording('haproxy:svc:active_servers_max', {
  ...gauge('count', 'Servers UP that are no backup, on the HAProxy that has most'),
  labels: levelLabels.svc,
  expr: promql`max by (job, cls, proxy) (${haproxyMetrics.haproxyBackendActiveServers})`,
});

/** Whether a service is served by nothing but its backups. */
export const haproxyOnBackup = defineRecording('haproxy:svc:on_backup', {
  ...gauge('bool', 'Whether on some HAProxy only backup servers are left for the service'),
  labels: levelLabels.svc,
  expr: promql`max by (job, cls, proxy) ((${haproxyMetrics.haproxyBackendActiveServers} == bool 0) * (${haproxyMetrics.haproxyBackendBackupServers} > bool 0))`,
});

/** Sessions of a service. */
export const haproxySessions = defineRecording('haproxy:svc:sessions', {
  ...gauge('count', 'Sessions of clients'),
  labels: levelLabels.svc,
  expr: promql`sum by (job, cls, proxy) (${haproxyMetrics.haproxyFrontendCurrentSessions})`,
});

/** How full a service is on the HAProxy on which it is fullest. */
export const haproxySessionUsage = defineRecording('haproxy:svc:session_usage', {
  ...gauge('ratio', 'Sessions as a share of those the service accepts, on the HAProxy on which that is most'),
  labels: levelLabels.svc,
  expr: promql`max by (job, cls, proxy) (${haproxyMetrics.haproxyFrontendCurrentSessions} / (${haproxyMetrics.haproxyFrontendLimitSessions} > 0))`,
});

export const haproxyRecordings = [
  haproxyUsage,
  haproxyClusterUsage,
  haproxyUptime,
  haproxyServiceUp,
  haproxyClusterServiceUp,
  haproxyFewestServers,
  haproxyMostServers,
  haproxyOnBackup,
  haproxySessions,
  haproxySessionUsage,
];
