import { type Expr, pgDb, pgQuery, pgSize, promql, select } from '@pgattest/catalog';
import { type Panel, barGauge, table, timeseries } from '../../grafana/panel.ts';
import { same, say } from '../../grafana/text.ts';
import { instance } from '../scope.ts';

/** pg_size also tells of the folders `log` and `wal`, which are no databases. */
const ofDatabases = (sizes: Expr): Expr => promql`${sizes} and on (datname) ${select(pgDb.m.numbackends, instance)}`;

export const databasesRow: readonly Panel[] = [
  table({
    title: say('Databases', '数据库'),
    description: say(
      'Size, sessions and page checksum failures of each database.',
      '各数据库的大小、会话数与页校验失败数。',
    ),
    keys: { datname: say('Database', '数据库') },
    values: [
      { title: say('Size', '大小'), expr: ofDatabases(promql`max by (datname) (${select(pgSize.m.bytes, instance)})`) },
      { title: say('Sessions', '会话'), expr: promql`max by (datname) (${select(pgDb.m.numbackends, instance)})` },
      {
        title: say('Checksum failures', '校验失败'),
        expr: promql`max by (datname) (${select(pgDb.m.cks_fails, instance)})`,
        thresholds: [
          {
            value: 1,
            colour: 'red',
            why: say('Checksum failures are red from 1: data on disk is damaged.', '校验失败：从 1 起为红色，磁盘数据已损坏。'),
          },
        ],
      },
    ],
    empty: say('the instance is not scraped', '该实例未被采集'),
    width: 12,
  }),
  table({
    title: say('Statements by time', '耗时语句'),
    description: say(
      'The ten statements, by query id, that took most time in the last hour. Their text is in pg_stat_statements.',
      '最近一小时耗时最多的十条语句（按 query id）。文本见 pg_stat_statements。',
    ),
    keys: { datname: say('Database', '数据库'), query: say('Query id', 'Query id') },
    values: [
      {
        title: say('Time in the last hour', '最近一小时耗时'),
        expr: promql`topk(10, sum by (datname, query) (increase(${select(pgQuery.m.exec_time, instance)}[1h])))`,
      },
    ],
    empty: say('pg_stat_statements is not installed', '未安装 pg_stat_statements'),
    width: 12,
  }),
  barGauge({
    title: say('Most called statements', '调用最多的语句'),
    description: say(
      'The ten statements, by query id, that were called most in the last hour.',
      '最近一小时调用最多的十条语句（按 query id）。',
    ),
    queries: [
      {
        expr: promql`topk(10, sum by (query) (increase(${select(pgQuery.m.calls, instance)}[1h])))`,
        legend: same('{{query}}'),
      },
    ],
    unit: 'count',
    empty: say('pg_stat_statements is not installed', '未安装 pg_stat_statements'),
    width: 12,
  }),
  timeseries({
    title: say('Deadlocks, conflicts, temporary files', '死锁、冲突与临时文件'),
    description: say(
      'Events per minute by kind. Temporary files mean that work_mem is too small for a sort or a hash.',
      '每分钟的事件数。出现临时文件说明 work_mem 不足以完成排序或哈希。',
    ),
    queries: [
      {
        expr: promql`60 * sum(rate(${select(pgDb.m.deadlocks, instance)}[$__rate_interval]))`,
        legend: say('deadlocks', '死锁'),
      },
      {
        expr: promql`60 * sum(rate(${select(pgDb.m.conflicts, instance)}[$__rate_interval]))`,
        legend: say('recovery conflicts', '恢复冲突'),
      },
      {
        expr: promql`60 * sum(rate(${select(pgDb.m.temp_files, instance)}[$__rate_interval]))`,
        legend: say('temporary files', '临时文件'),
      },
    ],
    unit: 'per_minute',
    empty: say('the instance is not scraped', '该实例未被采集'),
    width: 12,
  }),
];
