import { pgbouncerPool, pgbouncerPoolQueue, pgbouncerSelfMetrics, promql, select } from '@pgattest/catalog';
import { type Panel, stateTimeline, table, timeseries } from '../../grafana/panel.ts';
import { same, say } from '../../grafana/text.ts';
import { instances } from '../scope.ts';

const noPooler = say('no PgBouncer exporter is scraped', '未采集 PgBouncer');

export const queueRow: readonly Panel[] = [
  stateTimeline({
    title: say('Poolers', '连接池进程'),
    description: say(
      'Whether the console of each PgBouncer answers. Neither Patroni nor HAProxy looks at it: a dead pooler fails over to nobody.',
      '各 PgBouncer 的控制台是否应答。Patroni 与 HAProxy 都不检查它：连接池故障不会触发切换。',
    ),
    queries: [
      { expr: promql`max by (ins) (${select(pgbouncerSelfMetrics.pgUp, instances)})`, legend: same('{{ins}}') },
    ],
    unit: 'state',
    words: {
      0: { text: say('down', '离线'), colour: 'red' },
      1: { text: say('answers', '应答'), colour: 'green' },
    },
    empty: noPooler,
    width: 8,
    height: 8,
  }),
  timeseries({
    title: say('Clients waiting', '等待的客户端'),
    description: say(
      'Clients that have sent a query and have no server connection yet. Short peaks are the pool at work, a plateau is a pool too small.',
      '已发出查询但尚未获得服务器连接的客户端。短峰是连接池正常工作，平台则说明池太小。',
    ),
    queries: [
      {
        expr: promql`sum by (ins) (${select(pgbouncerPool.m.waiting_clients, instances)})`,
        legend: same('{{ins}}'),
      },
    ],
    empty: noPooler,
    width: 8,
  }),
  timeseries({
    title: say('Longest wait', '最长等待'),
    description: say(
      'How long the client that has waited longest has done so, by pooler.',
      '各连接池中等待最久的客户端已等待的时间。',
    ),
    queries: [
      {
        expr: promql`max by (ins) (${select(pgbouncerPoolQueue.m.longest_wait_seconds, instances)})`,
        legend: same('{{ins}}'),
      },
    ],
    thresholds: [
      {
        value: 'poolerWait',
        colour: 'orange',
        why: say('Orange from {value}: users notice.', '从 {value} 起为橙色：用户已经能感觉到。'),
      },
    ],
    empty: noPooler,
    width: 8,
  }),
  table({
    title: say('Pools', '连接池'),
    description: say(
      'Every pool: clients at work and waiting, server connections in use and idle, and whether its queue moves.',
      '每个连接池：工作与等待的客户端、使用中与空闲的服务器连接、队列是否前进。',
    ),
    keys: { ins: say('Instance', '实例'), datname: say('Database', '数据库'), user: say('User', '用户') },
    values: [
      {
        title: say('Clients', '客户端'),
        expr: promql`max by (ins, datname, user) (${select(pgbouncerPool.m.active_clients, instances)})`,
      },
      {
        title: say('Waiting', '等待'),
        expr: promql`max by (ins, datname, user) (${select(pgbouncerPool.m.waiting_clients, instances)})`,
        thresholds: [
          {
            value: 1,
            colour: 'orange',
            why: say('Waiting is orange from 1 client.', '等待：从 1 个客户端起为橙色。'),
          },
        ],
      },
      {
        title: say('Servers in use', '使用中连接'),
        expr: promql`max by (ins, datname, user) (${select(pgbouncerPool.m.active_servers, instances)})`,
      },
      {
        title: say('Servers idle', '空闲连接'),
        expr: promql`max by (ins, datname, user) (${select(pgbouncerPool.m.idle_servers, instances)})`,
      },
      {
        title: say('Queue', '队列'),
        expr: promql`max by (ins, datname, user) (${select(pgbouncerPoolQueue.m.stalled, instances)})`,
        unit: 'state',
        words: {
          0: { text: say('moves', '前进'), colour: 'green' },
          1: { text: say('stands still', '停滞'), colour: 'red' },
        },
      },
    ],
    empty: noPooler,
    width: 24,
  }),
];
