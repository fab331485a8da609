import { pgFreeze, pgTable, pgXminHolder, promql, select } from '@pgattest/catalog';
import { type Panel, barGauge, table, timeseries } from '../../grafana/panel.ts';
import { same, say } from '../../grafana/text.ts';
import { instance } from '../scope.ts';

const silent = say('the instance is not scraped', '该实例未被采集');

export const maintenanceRow: readonly Panel[] = [
  barGauge({
    title: say('On the way to wraparound', '事务号回卷进度'),
    description: say(
      'Share of the transaction ids before the server stops taking writes that each database has used.',
      '各数据库已消耗的事务号占比，耗尽时服务器停止写入。',
    ),
    queries: [
      {
        expr: promql`max by (datname) (${select(pgFreeze.m.wraparound_ratio, instance)})`,
        legend: same('{{datname}}'),
      },
    ],
    max: 1,
    thresholds: [
      {
        value: 0.5,
        colour: 'orange',
        why: say('Orange from 50 %: autovacuum cannot keep up.', '从 50 % 起为橙色：自动清理跟不上。'),
      },
      {
        value: 0.8,
        colour: 'red',
        why: say('Red from 80 %: freeze by hand now.', '从 80 % 起为红色：应立即手工冻结。'),
      },
    ],
    empty: silent,
    width: 8,
  }),
  timeseries({
    title: say('What holds back vacuum', '阻碍清理的因素'),
    description: say(
      'Age of the oldest row version somebody may still need, by who: sessions, slots, prepared transactions, standbys.',
      '仍可能被需要的最老行版本的时长，按持有者：会话、复制槽、预备事务、备库。',
    ),
    queries: [
      { expr: promql`max by (kind) (${select(pgXminHolder.m.age_xids, instance)})`, legend: same('{{kind}}') },
    ],
    empty: say('nothing holds back vacuum', '没有因素阻碍清理'),
    width: 16,
  }),
  table({
    title: say('Tables with most dead rows', '死元组最多的表'),
    description: say(
      'The ten tables of this instance with most rows that vacuum could remove, and how large they are in rows.',
      '本实例可清理死元组最多的十张表及其行数。',
    ),
    keys: { datname: say('Database', '数据库'), relname: say('Table', '表') },
    values: [
      {
        title: say('Dead rows', '死元组'),
        expr: promql`topk(10, max by (datname, relname) (${select(pgTable.m.n_dead_tup, instance)}))`,
      },
    ],
    empty: say('no table has been used', '没有使用中的表'),
    width: 24,
  }),
];
