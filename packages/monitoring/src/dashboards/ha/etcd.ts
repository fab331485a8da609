import { etcdMetrics, promql, scrapeUp, select } from '@pgattest/catalog';
import { type Panel, barGauge, stat, stateTimeline } from '../../grafana/panel.ts';
import { same, say } from '../../grafana/text.ts';
import { uids } from '../../grafana/uids.ts';

const m = etcdMetrics;
const etcd = { cls: '$etcd' } as const;
const noEtcd = say('no etcd is scraped', '未采集 etcd');

export const etcdRow: readonly Panel[] = [
  stateTimeline({
    title: say('etcd members', 'etcd 成员'),
    description: say(
      'One line a member: lost, without a leader, follower or leader. While most are red or orange Patroni cannot renew its lock.',
      '每个成员一行：失联、无领导者、跟随者或领导者。多数为红或橙时 Patroni 无法续租。',
    ),
    queries: [
      {
        expr: promql`max by (ins) (1 + ${select(m.etcdHasLeader, etcd)} + ${select(m.etcdIsLeader, etcd)}) or max by (ins) (${select(scrapeUp, etcd)} == 0)`,
        legend: same('{{ins}}'),
      },
    ],
    unit: 'state',
    words: {
      0: { text: say('lost', '失联'), colour: 'red' },
      1: { text: say('no leader', '无领导者'), colour: 'orange' },
      2: { text: say('follower', '跟随者'), colour: 'blue' },
      3: { text: say('leader', '领导者'), colour: 'green' },
    },
    empty: noEtcd,
    link: uids.exporters,
    width: 12,
  }),
  stat({
    title: say('Members that may still fail', '还可失去的成员'),
    description: say(
      'How many members etcd can lose before it refuses writes: members that know a leader, less the majority.',
      'etcd 在拒绝写入前还能失去多少成员：知晓领导者的成员数减去多数。',
    ),
    queries: [
      {
        expr: promql`sum(${select(m.etcdHasLeader, etcd)}) - floor(count(${select(scrapeUp, etcd)}) / 2) - 1`,
        legend: say('members', '成员'),
      },
    ],
    unit: 'count',
    thresholds: [
      {
        value: -100,
        colour: 'red',
        why: say('Red from below zero: no quorum, nobody can be elected.', '小于零为红色：没有法定人数，无法选主。'),
      },
      {
        value: 0,
        colour: 'orange',
        why: say('Orange from 0: the next loss stops elections.', '从 0 起为橙色：再失去一个就无法选主。'),
      },
      {
        value: 1,
        colour: 'green',
        why: say('Green from 1: a member may fail.', '从 1 起为绿色：可以失去一个成员。'),
      },
    ],
    empty: noEtcd,
    link: uids.exporters,
    width: 4,
    height: 8,
  }),
  barGauge({
    title: say('Quota used', '配额使用'),
    description: say(
      'Size of the database against the quota; at the quota etcd raises an alarm and refuses writes.',
      '数据库大小与配额之比；达到配额时 etcd 告警并拒绝写入。',
    ),
    queries: [
      {
        expr: promql`max by (ins) (${select(m.etcdDbSizeBytes, etcd)} / ${select(m.etcdQuotaBytes, etcd)})`,
        legend: same('{{ins}}'),
      },
    ],
    unit: 'percent',
    max: 1,
    thresholds: [
      {
        value: 'etcdQuota',
        colour: 'orange',
        why: say('Orange from {value}: compact and defragment.', '从 {value} 起为橙色：应压缩并整理。'),
      },
      {
        value: 0.95,
        colour: 'red',
        why: say('Red from 95 %: writes stop soon.', '从 95 % 起为红色：即将停止写入。'),
      },
    ],
    empty: noEtcd,
    link: uids.exporters,
    width: 8,
    height: 8,
  }),
];
