import { patroniMetrics, pgCore, pgDb, pgInRecovery, pgUp, promql, select } from '@pgattest/catalog';
import { type Panel, stat, stateTimeline, timeseries } from '../../grafana/panel.ts';
import { same, say } from '../../grafana/text.ts';
import { uids } from '../../grafana/uids.ts';
import { clusterPrimaries } from '../../recording/members.ts';
import { noteworthyWords, roleOf, roleWords } from '../role-words.ts';
import { cluster } from '../scope.ts';

export const healthRow: readonly Panel[] = [
  stat({
    title: say('Primaries', '主库数'),
    description: say(
      'Instances that answer and accept writes. Exactly one is right.',
      '应答且接受写入的实例数量。恰好一个才正确。',
    ),
    queries: [{ expr: promql`max(${select(clusterPrimaries, cluster)})`, legend: say('primaries', '主库') }],
    unit: 'count',
    words: {
      0: { text: say('none', '无'), colour: 'red' },
      1: { text: same('1'), colour: 'green' },
    },
    thresholds: [
      {
        value: 2,
        colour: 'red',
        why: say('Red from 2: two primaries are a split brain.', '从 2 起为红色：双主即脑裂。'),
      },
    ],
    empty: say('no instance answers', '没有实例应答'),
    link: uids.ha,
    width: 6,
  }),
  stat({
    title: say('Members that answer', '应答的成员'),
    description: say(
      'Instances whose exporter can use PostgreSQL, of those that are scraped. Equal numbers are right.',
      '采集器能够使用 PostgreSQL 的实例，以及被采集的实例总数。两数相等才正确。',
    ),
    queries: [
      { expr: promql`sum(${select(pgUp, cluster)})`, legend: say('answer', '应答') },
      { expr: promql`count(${select(pgUp, cluster)})`, legend: say('scraped', '采集') },
    ],
    unit: 'count',
    empty: say('nothing is scraped for this cluster', '该集群没有采集目标'),
    link: uids.exporters,
    width: 6,
  }),
  stat({
    title: say('Automatic failover paused', '自动切换已暂停'),
    description: say(
      'Whether Patroni is in maintenance mode. While it is, nobody repairs what breaks.',
      'Patroni 是否处于维护模式。期间出现故障不会自动修复。',
    ),
    queries: [
      {
        expr: promql`max(${select(patroniMetrics.patroniIsPaused, cluster)})`,
        legend: say('paused', '暂停'),
      },
    ],
    unit: 'state',
    words: noteworthyWords,
    empty: say('no Patroni is scraped for this cluster', '该集群未采集 Patroni'),
    link: uids.ha,
    width: 6,
  }),
  stat({
    title: say('Time since the youngest start', '最近一次启动至今'),
    description: say(
      'Uptime of the instance that was (re)started last: a small number after a quiet night is a restart nobody announced.',
      '最近（重）启动的实例的运行时间：平静的夜晚过后数值很小，说明发生过未通知的重启。',
    ),
    queries: [{ expr: promql`min(${select(pgCore.m.uptime, cluster)})`, legend: say('uptime', '运行时间') }],
    thresholds: [
      {
        value: 0,
        colour: 'orange',
        why: say('Orange from the start to one hour: a restart just happened.', '启动后一小时内为橙色：刚刚重启过。'),
      },
      {
        value: 3600,
        colour: 'green',
        why: say('Green from one hour on.', '超过一小时为绿色。'),
      },
    ],
    empty: say('no instance answers', '没有实例应答'),
    width: 6,
  }),
  stateTimeline({
    title: say('Members and roles', '成员与角色'),
    description: say(
      'One line a member: down, primary or replica. A failover is one line turning into primary as another ends.',
      '每个成员一行：离线、主库或从库。故障切换表现为一行结束而另一行变为主库。',
    ),
    queries: [{ expr: roleOf(select(pgUp, cluster), select(pgInRecovery, cluster)), legend: same('{{ins}}') }],
    unit: 'state',
    words: roleWords,
    empty: say('no instance is scraped for this cluster', '该集群没有被采集的实例'),
    width: 12,
  }),
  timeseries({
    title: say('Transactions per second', '每秒事务数'),
    description: say(
      'Commits and rollbacks of all databases, by instance. A cliff on the primary is an outage of the service, not of PostgreSQL.',
      '各实例全部数据库的提交与回滚。主库上的断崖意味着服务中断，而不一定是 PostgreSQL 故障。',
    ),
    queries: [
      {
        expr: promql`sum by (ins) (rate(${select(pgDb.m.xact_total, cluster)}[$__rate_interval]))`,
        legend: same('{{ins}}'),
      },
    ],
    unit: 'per_second',
    empty: say('no data for this cluster', '该集群没有数据'),
    width: 12,
  }),
];
