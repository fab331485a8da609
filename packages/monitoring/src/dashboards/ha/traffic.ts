import { haproxyMetrics, promql, select } from '@pgattest/catalog';
import { type Panel, stateTimeline, timeseries } from '../../grafana/panel.ts';
import { same, say } from '../../grafana/text.ts';
import { uids } from '../../grafana/uids.ts';

const m = haproxyMetrics;
const services = { proxy: /$cls-[^-]+/ } as const;
const noProxy = say('no HAProxy with services of this cluster is scraped', '未采集到该集群服务的 HAProxy');

export const trafficRow: readonly Panel[] = [
  stateTimeline({
    title: say('Every server of every service', '全部服务的全部服务器'),
    description: say(
      'Whether HAProxy uses a server for a service. On the service for replicas a primary is a backup: it counts as up and serves only when no replica does.',
      'HAProxy 是否将某服务器用于某服务。在从库服务中主库是备用：计为可用，但仅当没有从库时才服务。',
    ),
    queries: [
      {
        expr: promql`max by (proxy, server) (${select(m.haproxyServerStatus, { ...services, state: 'UP' })})`,
        legend: same('{{proxy}} {{server}}'),
      },
    ],
    unit: 'state',
    words: {
      0: { text: say('not used', '未使用'), colour: 'grey' },
      1: { text: say('up', '可用'), colour: 'green' },
    },
    empty: noProxy,
    link: uids.cluster,
    width: 12,
    height: 10,
  }),
  timeseries({
    title: say('Sessions of clients', '客户端会话'),
    description: say('Sessions by service, all HAProxy together.', '各服务的会话数，所有 HAProxy 合计。'),
    queries: [
      {
        expr: promql`sum by (proxy) (${select(m.haproxyFrontendCurrentSessions, services)})`,
        legend: same('{{proxy}}'),
      },
    ],
    empty: noProxy,
    link: uids.pooler,
    width: 12,
    height: 10,
  }),
  timeseries({
    title: say('New sessions per second', '每秒新建会话'),
    description: say(
      'Sessions opened by service. Clients without a pool of their own open many.',
      '各服务每秒新建的会话。没有连接池的客户端会大量新建。',
    ),
    queries: [
      {
        expr: promql`sum by (proxy) (rate(${select(m.haproxyFrontendSessionsTotal, services)}[$__rate_interval]))`,
        legend: same('{{proxy}}'),
      },
    ],
    unit: 'per_second',
    empty: noProxy,
    link: uids.pooler,
    width: 8,
  }),
  timeseries({
    title: say('Bytes to clients', '发往客户端的流量'),
    description: say('Bytes a second that go to the clients of each service.', '各服务每秒发往客户端的字节数。'),
    queries: [
      {
        expr: promql`sum by (proxy) (rate(${select(m.haproxyFrontendBytesOutTotal, services)}[$__rate_interval]))`,
        legend: same('{{proxy}}'),
      },
    ],
    unit: 'bytes_per_second',
    empty: noProxy,
    link: uids.pooler,
    width: 8,
  }),
  timeseries({
    title: say('Failed health checks', '健康检查失败'),
    description: say(
      'Checks per minute that failed while the server was up: the first sign of a member in trouble.',
      '服务器可用期间每分钟失败的检查：成员出现问题的最初迹象。',
    ),
    queries: [
      {
        expr: promql`60 * sum by (server) (rate(${select(m.haproxyServerCheckFailuresTotal, services)}[$__rate_interval]))`,
        legend: same('{{server}}'),
      },
    ],
    unit: 'per_minute',
    empty: noProxy,
    link: uids.cluster,
    width: 8,
  }),
];
