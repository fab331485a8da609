import { pgDb, promql, select } from '@pgattest/catalog';
import { type Panel, timeseries } from '../../grafana/panel.ts';
import { say } from '../../grafana/text.ts';
import { instance } from '../scope.ts';

const silent = say('the instance is not scraped', '该实例未被采集');

export const workRow: readonly Panel[] = [
  timeseries({
    title: say('Transactions per second', '每秒事务数'),
    description: say('Commits and rollbacks by database.', '各数据库的提交与回滚。'),
    queries: [
      {
        expr: promql`sum by (datname) (rate(${select(pgDb.m.xact_commit, instance)}[$__rate_interval]))`,
        legend: say('{{datname}} commit', '{{datname}} 提交'),
      },
      {
        expr: promql`sum by (datname) (rate(${select(pgDb.m.xact_rollback, instance)}[$__rate_interval]))`,
        legend: say('{{datname}} rollback', '{{datname}} 回滚'),
      },
    ],
    unit: 'per_second',
    empty: silent,
    width: 12,
  }),
  timeseries({
    title: say('Rows per second', '每秒行数'),
    description: say(
      'Rows fetched, inserted, updated and deleted a second, all databases.',
      '所有数据库每秒读取、插入、更新与删除的行数。',
    ),
    queries: [
      {
        expr: promql`sum(rate(${select(pgDb.m.tup_fetched, instance)}[$__rate_interval]))`,
        legend: say('fetched', '读取'),
      },
      {
        expr: promql`sum(rate(${select(pgDb.m.tup_inserted, instance)}[$__rate_interval]))`,
        legend: say('inserted', '插入'),
      },
      {
        expr: promql`sum(rate(${select(pgDb.m.tup_updated, instance)}[$__rate_interval]))`,
        legend: say('updated', '更新'),
      },
      {
        expr: promql`sum(rate(${select(pgDb.m.tup_deleted, instance)}[$__rate_interval]))`,
        legend: say('deleted', '删除'),
      },
    ],
    unit: 'per_second',
    empty: silent,
    width: 12,
  }),
  timeseries({
    title: say('Sessions at work', '会话时间分布'),
    description: say(
      'Seconds per second that sessions spend executing, and idle in a transaction. 1 is one session all the time.',
      '会话每秒用于执行以及事务内空闲的秒数。1 表示始终有一个会话。',
    ),
    queries: [
      {
        expr: promql`sum(rate(${select(pgDb.m.active_time, instance)}[$__rate_interval]))`,
        legend: say('executing', '执行'),
      },
      {
        expr: promql`sum(rate(${select(pgDb.m.ixact_time, instance)}[$__rate_interval]))`,
        legend: say('idle in transaction', '事务内空闲'),
      },
    ],
    unit: 'count',
    empty: say('session times need PostgreSQL 14', '会话时间需要 PostgreSQL 14'),
    width: 24,
    height: 6,
  }),
];
