import { haproxyMetrics, promql, select } from '@pgattest/catalog';
import { type Panel, stateTimeline, table } from '../../grafana/panel.ts';
import { same, say } from '../../grafana/text.ts';
import { uids } from '../../grafana/uids.ts';

const m = haproxyMetrics;
/** Services of the cluster are proxies named `<cls>-<service>`; a service has no dash, other clusters' names may. */
const services = { proxy: /$cls-[^-]+/ } as const;
const writing = { proxy: /$cls-(primary|default)/ } as const;
const noProxy = say('no HAProxy with services of this cluster is scraped', '未采集到该集群服务的 HAProxy');

export const haproxyRow: readonly Panel[] = [
  stateTimeline({
    title: say('Where writes go', '写流量去向'),
    description: say(
      'Servers that HAProxy sends writes to, by service. Exactly one line of a service is green at any time; at a failover the green moves.',
      '各服务的写流量服务器。任一时刻每个服务恰有一行为绿；故障切换时绿色移动。',
    ),
    queries: [
      {
        expr: promql`max by (proxy, server) (${select(m.haproxyServerStatus, { ...writing, state: 'UP' })})`,
        legend: same('{{proxy}} {{server}}'),
      },
    ],
    unit: 'state',
    words: {
      0: { text: say('not used', '未使用'), colour: 'grey' },
      1: { text: say('takes clients', '接受连接'), colour: 'green' },
    },
    empty: noProxy,
    link: uids.cluster,
    width: 12,
  }),
  table({
    title: say('Services', '服务'),
    description: say(
      'Servers that each service has, by HAProxy: active ones and backups. A service for writes has exactly one; none means refused connections.',
      '各 HAProxy 上每个服务的可用服务器：主动与备用。写服务恰好一个；为零则拒绝连接。',
    ),
    keys: { proxy: say('Service', '服务'), instance: say('HAProxy', 'HAProxy') },
    values: [
      {
        title: say('Active servers', '主动服务器'),
        expr: promql`max by (proxy, instance) (${select(m.haproxyBackendActiveServers, services)})`,
      },
      {
        title: say('Backup servers', '备用服务器'),
        expr: promql`max by (proxy, instance) (${select(m.haproxyBackendBackupServers, services)})`,
      },
      {
        title: say('Service', '服务状态'),
        expr: promql`max by (proxy, instance) (${select(m.haproxyBackendStatus, { ...services, state: 'UP' })})`,
        unit: 'state',
        words: {
          0: { text: say('refuses clients', '拒绝连接'), colour: 'red' },
          1: { text: say('serves', '服务中'), colour: 'green' },
        },
      },
    ],
    empty: noProxy,
    link: uids.pooler,
    width: 12,
    height: 8,
  }),
];
