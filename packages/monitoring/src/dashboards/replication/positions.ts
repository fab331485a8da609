import { pgCore, pgRecv, pgTimeline, promql, select } from '@pgattest/catalog';
import { type Panel, timeseries } from '../../grafana/panel.ts';
import { same, say } from '../../grafana/text.ts';
import { cluster } from '../scope.ts';

export const positionsRow: readonly Panel[] = [
  timeseries({
    title: say('WAL position', 'WAL 位点'),
    description: say(
      'Position of each member: written on the primary, replayed on replicas. Lines that part are lag; a line that goes back was rewound.',
      '各成员的位点：主库为写入，从库为回放。曲线分开即延迟；曲线回退说明被回卷。',
    ),
    queries: [{ expr: promql`max by (ins) (${select(pgCore.m.lsn, cluster)})`, legend: same('{{ins}}') }],
    empty: say('no instance is scraped', '没有被采集的实例'),
    width: 12,
  }),
  timeseries({
    title: say('WAL progress', 'WAL 推进速度'),
    description: say(
      'Bytes a second each member writes or replays. A replica below the primary falls behind.',
      '各成员每秒写入或回放的字节数。低于主库的从库正在落后。',
    ),
    queries: [
      {
        expr: promql`max by (ins) (rate(${select(pgCore.m.lsn, cluster)}[$__rate_interval]))`,
        legend: same('{{ins}}'),
      },
    ],
    unit: 'bytes_per_second',
    empty: say('no instance is scraped', '没有被采集的实例'),
    width: 12,
  }),
  timeseries({
    title: say('Timeline', '时间线'),
    description: say(
      'Timeline by the control file of each member, and that of the WAL a replica receives.',
      '各成员控制文件中的时间线，以及从库所接收 WAL 的时间线。',
    ),
    queries: [
      { expr: promql`max by (ins) (${select(pgTimeline.m.id, cluster)})`, legend: same('{{ins}}') },
      {
        expr: promql`max by (ins) (${select(pgRecv.m.flush_tli, cluster)})`,
        legend: say('{{ins}} received', '{{ins}} 接收'),
      },
    ],
    empty: say('no instance is scraped', '没有被采集的实例'),
    width: 12,
  }),
  timeseries({
    title: say('Not yet flushed on replicas', '从库未刷盘 WAL'),
    description: say(
      'What a replica has received and not yet reported as flushed: the part a synchronous commit waits for.',
      '从库已接收但尚未确认刷盘的部分：同步提交等待的就是它。',
    ),
    queries: [
      {
        expr: promql`max by (ins) (${select(pgRecv.m.write_lsn, cluster)} - ${select(pgRecv.m.flush_lsn, cluster)})`,
        legend: same('{{ins}}'),
      },
    ],
    unit: 'bytes',
    empty: say('no replica receives WAL', '没有从库在接收 WAL'),
    width: 12,
  }),
];
