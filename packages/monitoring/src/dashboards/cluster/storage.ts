import { pgArchiver, pgDb, pgFreeze, pgSize, pgWal, promql, select } from '@pgattest/catalog';
import { type Panel, timeseries } from '../../grafana/panel.ts';
import { same, say } from '../../grafana/text.ts';
import { instances } from '../scope.ts';

const noData = say('no data for these instances', '这些实例没有数据');

export const storageRow: readonly Panel[] = [
  timeseries({
    title: say('Database size', '数据库大小'),
    description: say(
      'Bytes on disk by database; the largest member of the cluster counts.',
      '各数据库的磁盘占用，取集群中最大的成员。',
    ),
    queries: [{ expr: promql`max by (datname) (${select(pgSize.m.bytes, instances)})`, legend: same('{{datname}}') }],
    empty: noData,
    width: 8,
  }),
  timeseries({
    title: say('WAL written', 'WAL 写入'),
    description: say(
      'Bytes of WAL a second: what replication and the archive have to carry.',
      '每秒产生的 WAL：复制与归档需要承载的量。',
    ),
    queries: [
      {
        expr: promql`sum by (ins) (rate(${select(pgWal.m.bytes, instances)}[$__rate_interval]))`,
        legend: same('{{ins}}'),
      },
    ],
    unit: 'bytes_per_second',
    empty: say('pg_stat_wal needs PostgreSQL 14', 'pg_stat_wal 需要 PostgreSQL 14'),
    width: 8,
  }),
  timeseries({
    title: say('Archiver', '归档'),
    description: say(
      'Segments archived and failed attempts, per minute. Failures without successes fill the disk.',
      '每分钟归档的段数与失败次数。只有失败没有成功时磁盘会被写满。',
    ),
    queries: [
      {
        expr: promql`60 * sum by (ins) (rate(${select(pgArchiver.m.finish_count, instances)}[$__rate_interval]))`,
        legend: say('{{ins}} archived', '{{ins}} 成功'),
      },
      {
        expr: promql`60 * sum by (ins) (rate(${select(pgArchiver.m.failed_count, instances)}[$__rate_interval]))`,
        legend: say('{{ins}} failed', '{{ins}} 失败'),
      },
    ],
    unit: 'per_minute',
    empty: say('archive_mode is off or nothing is scraped', 'archive_mode 已关闭或没有采集'),
    width: 8,
  }),
  timeseries({
    title: say('On the way to wraparound', '事务号回卷进度'),
    description: say(
      'Share of the transaction ids before PostgreSQL stops taking writes that the oldest unfrozen row has used, by database.',
      '最旧未冻结行已消耗的事务号占比（按数据库）；到顶时 PostgreSQL 会停止写入。',
    ),
    queries: [
      {
        expr: promql`max by (datname) (${select(pgFreeze.m.wraparound_ratio, instances)})`,
        legend: same('{{datname}}'),
      },
    ],
    thresholds: [
      {
        value: 0.5,
        colour: 'orange',
        why: say(
          'Orange from 50 %: autovacuum has not kept up for a long time.',
          '从 50 % 起为橙色：自动清理长期未能跟上。',
        ),
      },
    ],
    empty: noData,
    width: 12,
  }),
  timeseries({
    title: say('Cache hit ratio', '缓存命中率'),
    description: say(
      'Share of block reads served from shared buffers. What it falls to matters less than that it falls.',
      '由共享缓冲区满足的块读取比例。下降本身比具体数值更值得注意。',
    ),
    queries: [
      {
        expr: promql`sum by (ins) (rate(${select(pgDb.m.blks_hit, instances)}[$__rate_interval])) / sum by (ins) (rate(${select(pgDb.m.blks_access, instances)}[$__rate_interval]))`,
        legend: same('{{ins}}'),
      },
    ],
    unit: 'percent',
    empty: say('no block was read in this window', '该时段没有读取任何块'),
    width: 12,
  }),
];
