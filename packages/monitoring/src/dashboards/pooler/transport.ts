import { pgbouncerClientTransport, pgbouncerServerTransport, promql, select } from '@pgattest/catalog';
import { type Panel, timeseries } from '../../grafana/panel.ts';
import { same, say } from '../../grafana/text.ts';
import { instances } from '../scope.ts';

const noPooler = say('no PgBouncer exporter is scraped', '未采集 PgBouncer');

export const transportRow: readonly Panel[] = [
  timeseries({
    title: say('Client connections by transport', '客户端连接的传输方式'),
    description: say(
      'Connections of clients by transport and TLS protocol. Plain TCP carries passwords and rows in the clear.',
      '客户端连接的传输方式与 TLS 协议。明文 TCP 会泄露口令与数据。',
    ),
    queries: [
      {
        expr: promql`sum by (transport, protocol) (${select(pgbouncerClientTransport.m.connections, instances)})`,
        legend: same('{{transport}} {{protocol}}'),
      },
    ],
    empty: noPooler,
    width: 12,
  }),
  timeseries({
    title: say('Server connections by transport', '服务器连接的传输方式'),
    description: say(
      'Connections to PostgreSQL by transport and TLS protocol.',
      '到 PostgreSQL 的连接的传输方式与 TLS 协议。',
    ),
    queries: [
      {
        expr: promql`sum by (transport, protocol) (${select(pgbouncerServerTransport.m.connections, instances)})`,
        legend: same('{{transport}} {{protocol}}'),
      },
    ],
    empty: say('no server connection is open', '没有打开的服务器连接'),
    width: 12,
  }),
];
