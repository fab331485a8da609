import {
  auditFindings,
  backrestRecoveryMetrics,
  patroniMetrics,
  pgUp,
  promql,
  scrapeUp,
  select,
} from '@pgattest/catalog';
import { type Panel, stat } from '../../grafana/panel.ts';
import { say } from '../../grafana/text.ts';
import { uids } from '../../grafana/uids.ts';
import { clusterPrimaries, clusterSize } from '../../recording/members.ts';
import { orZero } from '../scope.ts';

export const statusRow: readonly Panel[] = [
  stat({
    title: say('Clusters without exactly one primary', '主库数不为一的集群'),
    description: say(
      'Clusters in which no instance, or more than one, accepts writes. Counted from instances that answer, not from what Patroni says.',
      '没有实例或有多个实例接受写入的集群。按实际应答的实例统计，而非 Patroni 的说法。',
    ),
    queries: [
      {
        expr: orZero(
          promql`count(${clusterSize} unless on (job, cls) (${clusterPrimaries} == 1))`,
          clusterSize,
        ),
        legend: say('clusters', '集群'),
      },
    ],
    unit: 'count',
    thresholds: [
      {
        value: 1,
        colour: 'red',
        why: say('Red from 1: writes fail, or go to two places.', '从 1 起为红色：写入失败，或写向两处。'),
      },
    ],
    empty: say('no recording rules are evaluated', '记录规则未运行'),
    width: 4,
  }),
  stat({
    title: say('Instances that do not answer', '无应答的实例'),
    description: say(
      'Instances whose exporter cannot use PostgreSQL. An exporter that is gone itself is counted under lost targets.',
      '采集器无法使用其 PostgreSQL 的实例。采集器本身失联的计入“失联目标”。',
    ),
    queries: [{ expr: orZero(promql`count(${pgUp} == 0)`, pgUp), legend: say('instances', '实例') }],
    unit: 'count',
    thresholds: [
      {
        value: 1,
        colour: 'red',
        why: say('Red from 1: each is a member that serves nobody.', '从 1 起为红色：每个都是无法服务的成员。'),
      },
    ],
    empty: say('no PostgreSQL exporter is scraped', '未采集任何 PostgreSQL 采集器'),
    width: 4,
  }),
  stat({
    title: say('Lost targets', '失联目标'),
    description: say(
      'Scrape targets that did not answer: exporters, Patroni, etcd, HAProxy. While one is lost, nothing is known about what it watches.',
      '未应答的采集目标：采集器、Patroni、etcd、HAProxy。失联期间对其监控对象一无所知。',
    ),
    queries: [{ expr: orZero(promql`count(${scrapeUp} == 0)`, scrapeUp), legend: say('targets', '目标') }],
    unit: 'count',
    thresholds: [
      {
        value: 1,
        colour: 'orange',
        why: say('Orange from 1: a blind spot, not yet an outage.', '从 1 起为橙色：出现盲区，未必是故障。'),
      },
    ],
    empty: say('nothing is scraped', '没有任何采集目标'),
    link: uids.exporters,
    width: 4,
  }),
  stat({
    title: say('Clusters paused', '暂停自动切换的集群'),
    description: say(
      'Clusters whose automatic failover somebody switched off for maintenance. Forgotten, it turns a crash into an outage.',
      '因维护而关闭自动故障切换的集群。若忘记恢复，一次崩溃就会变成停服。',
    ),
    queries: [
      {
        expr: orZero(
          promql`count(max by (cls) (${patroniMetrics.patroniIsPaused}) == 1)`,
          patroniMetrics.patroniIsPaused,
        ),
        legend: say('clusters', '集群'),
      },
    ],
    unit: 'count',
    thresholds: [
      {
        value: 1,
        colour: 'orange',
        why: say('Orange from 1: end the pause when the work is done.', '从 1 起为橙色：维护结束后应恢复。'),
      },
    ],
    empty: say('no Patroni is scraped', '未采集 Patroni'),
    link: uids.ha,
    width: 4,
  }),
  stat({
    title: say('Oldest recovery point', '最旧的恢复点'),
    description: say(
      'The cluster that would lose most, had its last server just burnt down: time since the newest moment a repository can restore. It also rises while nothing is written, so it has no limit.',
      '假设某集群服务器全毁，损失最多者会丢失多久的数据：距仓库可恢复的最新时刻的时间。没有写入时也会增长，因此不设阈值。',
    ),
    queries: [
      {
        expr: promql`max(min by (cls) (${backrestRecoveryMetrics.backrestRecoveryPointAgeSeconds}))`,
        legend: say('age', '时长'),
      },
    ],
    empty: say('no pgBackRest exporter is scraped', '未采集 pgBackRest'),
    link: uids.backup,
    width: 4,
  }),
  stat({
    title: say('Failing checks, critical and high', '未通过的检查（严重与高）'),
    description: say(
      'Compliance checks of critical or high severity that fail somewhere and are not waived.',
      '未通过且未被豁免的严重或高级别合规检查。',
    ),
    queries: [
      {
        expr: promql`sum(${select(auditFindings, { outcome: 'fail', severity: /critical|high/ })})`,
        legend: say('fail', '未通过'),
      },
    ],
    unit: 'count',
    thresholds: [
      {
        value: 1,
        colour: 'red',
        why: say('Red from 1: each is a non-conformity with evidence.', '从 1 起为红色：每项都是有证据的不符合。'),
      },
    ],
    empty: say('no fresh verdict: nothing is audited', '没有新结论：未进行审计'),
    link: uids.compliance,
    width: 4,
  }),
];
