import { pgArchive, pgBgwriter, pgCheckpointer, pgWal, promql, select } from '@pgattest/catalog';
import { type Panel, timeseries } from '../../grafana/panel.ts';
import { say } from '../../grafana/text.ts';
import { uids } from '../../grafana/uids.ts';
import { instance } from '../scope.ts';

const silent = say('the instance is not scraped', '该实例未被采集');

export const walRow: readonly Panel[] = [
  timeseries({
    title: say('WAL written', 'WAL 写入'),
    description: say('Bytes of WAL a second: what standbys and the archive have to take.', '每秒产生的 WAL 字节数：备库与归档需要承接的量。'),
    queries: [
      { expr: promql`sum(rate(${select(pgWal.m.bytes, instance)}[$__rate_interval]))`, legend: say('WAL', 'WAL') },
    ],
    unit: 'bytes_per_second',
    empty: say('pg_stat_wal needs PostgreSQL 14', 'pg_stat_wal 需要 PostgreSQL 14'),
    width: 12,
  }),
  timeseries({
    title: say('Checkpoints per hour', '每小时检查点'),
    description: say(
      'Checkpoints by cause. Many requested ones mean that max_wal_size is too small for the write load.',
      '按原因统计的检查点。请求触发过多说明 max_wal_size 相对写入负载太小。',
    ),
    queries: [
      {
        expr: promql`sum(increase(${select(pgCheckpointer.m.timed, instance)}[1h]))`,
        legend: say('by time', '定时'),
      },
      {
        expr: promql`sum(increase(${select(pgCheckpointer.m.req, instance)}[1h]))`,
        legend: say('requested', '请求'),
      },
    ],
    unit: 'count',
    empty: silent,
    width: 12,
  }),
  timeseries({
    title: say('Buffers written', '缓冲区写出'),
    description: say(
      'Pages a second by who writes them. Backends that write themselves wait for the disk; from 17 on pg_stat_io counts those.',
      '每秒写出的页数及写出者。后端自行写出时会等待磁盘；17 起由 pg_stat_io 统计。',
    ),
    queries: [
      {
        expr: promql`sum(rate(${select(pgCheckpointer.m.buffers_written, instance)}[$__rate_interval]))`,
        legend: say('checkpointer', '检查点进程'),
      },
      {
        expr: promql`sum(rate(${select(pgBgwriter.m.buffers_clean, instance)}[$__rate_interval]))`,
        legend: say('background writer', '后台写进程'),
      },
      {
        expr: promql`sum(rate(${select(pgBgwriter.m.buffers_backend, instance)}[$__rate_interval]))`,
        legend: say('backends', '后端'),
        when: 'before-postgresql-17',
      },
    ],
    unit: 'per_second',
    empty: silent,
    width: 12,
  }),
  timeseries({
    title: say('WAL waiting for the archive', '等待归档的 WAL'),
    description: say(
      'Complete segments that archive_command has still to take. A line that only rises fills the disk.',
      '等待 archive_command 处理的完整段。只升不降的曲线意味着磁盘会被写满。',
    ),
    queries: [
      { expr: promql`max(${select(pgArchive.m.ready_bytes, instance)})`, legend: say('waiting', '等待') },
    ],
    thresholds: [
      {
        value: 1_073_741_824,
        colour: 'orange',
        why: say('Orange from 1 GiB: 64 segments behind.', '从 1 GiB 起为橙色：已落后 64 个段。'),
      },
    ],
    empty: say('archive_mode is off', 'archive_mode 已关闭'),
    link: uids.backup,
    width: 12,
  }),
];
