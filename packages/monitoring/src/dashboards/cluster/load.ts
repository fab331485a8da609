import { pgActivity, pgDb, pgLock, promql, select } from '@pgattest/catalog';
import { type Panel, timeseries } from '../../grafana/panel.ts';
import { same, say } from '../../grafana/text.ts';
import { connectionUsage } from '../../recording/connections.ts';
import { instances } from '../scope.ts';

const noData = say('no data for these instances', '这些实例没有数据');

export const loadRow: readonly Panel[] = [
  timeseries({
    title: say('Connections used', '连接使用率'),
    description: say('Sessions as a share of max_connections.', '会话数占 max_connections 的比例。'),
    queries: [{ expr: promql`max by (ins) (${select(connectionUsage, instances)})`, legend: same('{{ins}}') }],
    thresholds: [
      {
        value: 'connections',
        colour: 'orange',
        why: say(
          'Orange from {value}, where PostgresConnectionsNearlyExhausted fires.',
          '从 {value} 起为橙色，即 PostgresConnectionsNearlyExhausted 的阈值。',
        ),
      },
    ],
    empty: noData,
    width: 12,
  }),
  timeseries({
    title: say('Sessions by state', '会话状态'),
    description: say(
      'Client sessions by what they do. Many "idle in transaction" hold back vacuum and locks.',
      '客户端会话按状态统计。大量 "idle in transaction" 会阻碍清理并占用锁。',
    ),
    queries: [
      { expr: promql`sum by (state) (${select(pgActivity.m.count, instances)})`, legend: same('{{state}}') },
    ],
    empty: noData,
    width: 12,
  }),
  timeseries({
    title: say('Locks by mode', '锁模式'),
    description: say(
      'Held and awaited locks. AccessExclusiveLock that stays blocks every reader of its table.',
      '持有与等待的锁。长时间存在的 AccessExclusiveLock 会阻塞该表的所有读取。',
    ),
    queries: [{ expr: promql`sum by (mode) (${select(pgLock.m.count, instances)})`, legend: same('{{mode}}') }],
    empty: noData,
    width: 12,
  }),
  timeseries({
    title: say('Rows changed and returned', '行读写速率'),
    description: say(
      'Rows that statements returned, and rows inserted, updated or deleted, a second. Changed rows are what replication carries.',
      '每秒返回的行数，以及插入、更新、删除的行数。修改的行就是复制要传输的内容。',
    ),
    queries: [
      {
        expr: promql`sum by (ins) (rate(${select(pgDb.m.tup_fetched, instances)}[$__rate_interval]))`,
        legend: say('{{ins}} fetched', '{{ins}} 读取'),
      },
      {
        expr: promql`sum by (ins) (rate(${select(pgDb.m.tup_modified, instances)}[$__rate_interval]))`,
        legend: say('{{ins}} changed', '{{ins}} 修改'),
      },
    ],
    unit: 'per_second',
    empty: noData,
    width: 12,
  }),
];
