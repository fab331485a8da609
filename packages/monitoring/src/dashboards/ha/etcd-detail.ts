import { etcdMetrics, promql, select } from '@pgattest/catalog';
import { type Panel, heatmap, timeseries } from '../../grafana/panel.ts';
import { same, say } from '../../grafana/text.ts';
import { uids } from '../../grafana/uids.ts';

const m = etcdMetrics;
const etcd = { cls: '$etcd' } as const;
const noEtcd = say('no etcd is scraped', '未采集 etcd');

export const etcdDetailRow: readonly Panel[] = [
  heatmap({
    title: say('Syncs of the log by duration', '日志同步耗时分布'),
    description: say(
      'How long etcd waits for its disk, all members. Colour that climbs above 10 ms is a disk that costs leases.',
      '所有成员等待磁盘的时间分布。颜色升到 10 ms 以上说明磁盘正在威胁租约。',
    ),
    queries: [
      {
        expr: promql`sum by (le) (rate(${select(m.etcdWalFsyncSecondsBucket, etcd)}[$__rate_interval]))`,
        legend: same('{{le}}'),
      },
    ],
    unit: 'seconds',
    empty: noEtcd,
    link: uids.exporters,
    width: 12,
  }),
  timeseries({
    title: say('Slowest syncs and commits', '最慢的同步与提交'),
    description: say(
      '99th percentile of log syncs and database commits, by member.',
      '各成员日志同步与数据库提交的 99 分位。',
    ),
    queries: [
      {
        expr: promql`histogram_quantile(0.99, sum by (ins, le) (rate(${select(m.etcdWalFsyncSecondsBucket, etcd)}[$__rate_interval])))`,
        legend: say('{{ins}} log sync', '{{ins}} 日志同步'),
      },
      {
        expr: promql`histogram_quantile(0.99, sum by (ins, le) (rate(${select(m.etcdBackendCommitSecondsBucket, etcd)}[$__rate_interval])))`,
        legend: say('{{ins}} commit', '{{ins}} 提交'),
      },
    ],
    unit: 'seconds',
    thresholds: [
      {
        value: 0.1,
        colour: 'orange',
        why: say(
          'Orange from 100 ms: the heartbeat interval of etcd; slower disks cost leaders.',
          '从 100 ms 起为橙色：即 etcd 心跳间隔，更慢的磁盘会丢失领导者。',
        ),
      },
    ],
    empty: noEtcd,
    link: uids.exporters,
    width: 12,
  }),
  timeseries({
    title: say('Leader changes per hour', '每小时领导者变更'),
    description: say(
      'Changes of leader each member has seen in an hour. More than a few is flapping.',
      '各成员一小时内见到的领导者变更。多于几次即为抖动。',
    ),
    queries: [
      {
        expr: promql`sum by (ins) (increase(${select(m.etcdLeaderChangesTotal, etcd)}[1h]))`,
        legend: same('{{ins}}'),
      },
    ],
    unit: 'count',
    empty: noEtcd,
    link: uids.exporters,
    width: 8,
  }),
  timeseries({
    title: say('Proposals', '提案'),
    description: say(
      'Proposals that wait, and that failed a second. Failures mean that the member knows no leader.',
      '等待中的提案以及每秒失败数。失败说明成员不知道领导者。',
    ),
    queries: [
      {
        expr: promql`sum by (ins) (${select(m.etcdProposalsPending, etcd)})`,
        legend: say('{{ins}} pending', '{{ins}} 等待'),
      },
      {
        expr: promql`sum by (ins) (rate(${select(m.etcdProposalsFailedTotal, etcd)}[$__rate_interval]))`,
        legend: say('{{ins}} failed per second', '{{ins}} 每秒失败'),
      },
    ],
    unit: 'count',
    empty: noEtcd,
    link: uids.exporters,
    width: 8,
  }),
  timeseries({
    title: say('Round trip to peers', '成员间往返时间'),
    description: say(
      '99th percentile of what a message to another member takes, by sender.',
      '发往其他成员的消息往返时间 99 分位（按发送方）。',
    ),
    queries: [
      {
        expr: promql`histogram_quantile(0.99, sum by (ins, le) (rate(${select(m.etcdPeerRoundTripSecondsBucket, etcd)}[$__rate_interval])))`,
        legend: same('{{ins}}'),
      },
    ],
    unit: 'seconds',
    empty: noEtcd,
    link: uids.exporters,
    width: 8,
  }),
];
