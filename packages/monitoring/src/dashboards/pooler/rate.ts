import { pgbouncerStat, promql, select } from '@pgattest/catalog';
import { type Panel, timeseries } from '../../grafana/panel.ts';
import { same, say } from '../../grafana/text.ts';
import { instances } from '../scope.ts';

const noPooler = say('no PgBouncer exporter is scraped', '未采集 PgBouncer');
const m = pgbouncerStat.m;

export const rateRow: readonly Panel[] = [
  timeseries({
    title: say('Transactions per second', '每秒事务数'),
    description: say('Transactions that went through each pooler.', '经过各连接池的事务。'),
    queries: [
      {
        expr: promql`sum by (ins) (rate(${select(m.total_xact_count, instances)}[$__rate_interval]))`,
        legend: same('{{ins}}'),
      },
    ],
    unit: 'per_second',
    empty: noPooler,
    width: 8,
  }),
  timeseries({
    title: say('Time per transaction', '平均事务耗时'),
    description: say(
      'Mean time a transaction holds a server connection. Times the rate it is the number of connections needed.',
      '事务占用服务器连接的平均时间。乘以速率即所需连接数。',
    ),
    queries: [
      {
        expr: promql`sum by (ins) (rate(${select(m.total_xact_time, instances)}[$__rate_interval])) / (sum by (ins) (rate(${select(m.total_xact_count, instances)}[$__rate_interval])) > 0)`,
        legend: same('{{ins}}'),
        when: 'pooled-load',
      },
    ],
    unit: 'seconds',
    empty: say('no transaction went through a pooler', '没有事务经过连接池'),
    width: 8,
  }),
  timeseries({
    title: say('Time spent waiting', '等待时间'),
    description: say(
      'Seconds per second that clients wait for a server connection. Above one, always somebody waits.',
      '客户端每秒等待服务器连接的秒数。大于一说明始终有人在等。',
    ),
    queries: [
      {
        expr: promql`sum by (ins) (rate(${select(m.total_wait_time, instances)}[$__rate_interval]))`,
        legend: same('{{ins}}'),
      },
    ],
    unit: 'count',
    empty: noPooler,
    width: 8,
  }),
  timeseries({
    title: say('Traffic', '流量'),
    description: say(
      'Bytes a second received from clients and sent to them.',
      '每秒从客户端接收及发送给客户端的字节数。',
    ),
    queries: [
      {
        expr: promql`sum by (ins) (rate(${select(m.total_received, instances)}[$__rate_interval]))`,
        legend: say('{{ins}} received', '{{ins}} 接收'),
      },
      {
        expr: promql`sum by (ins) (rate(${select(m.total_sent, instances)}[$__rate_interval]))`,
        legend: say('{{ins}} sent', '{{ins}} 发送'),
      },
    ],
    unit: 'bytes_per_second',
    empty: noPooler,
    width: 24,
  }),
];
