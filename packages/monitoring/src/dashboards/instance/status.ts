import { pgCore, pgFreeze, pgInRecovery, pgPendingRestart, pgTimeline, pgUp, pgVersion, promql, select } from '@pgattest/catalog';
import { type Panel, stat } from '../../grafana/panel.ts';
import { say } from '../../grafana/text.ts';
import { uids } from '../../grafana/uids.ts';
import { connectionUsage } from '../../recording/connections.ts';
import { roleOf, roleWords } from '../role-words.ts';
import { instance } from '../scope.ts';

const silent = say('the instance is not scraped', '该实例未被采集');

export const statusRow: readonly Panel[] = [
  stat({
    title: say('Role', '角色'),
    description: say(
      'What the server itself says; down while it does not answer its exporter.',
      '服务器自身的说法；不应答采集器时为离线。',
    ),
    queries: [
      { expr: promql`max(${roleOf(select(pgUp, instance), select(pgInRecovery, instance))})`, legend: say('role', '角色') },
    ],
    unit: 'state',
    words: roleWords,
    empty: silent,
    link: uids.ha,
    width: 4,
  }),
  stat({
    title: say('Version', '版本'),
    description: say(
      'server_version_num: 150020 is 15.20. The last known while the server is down.',
      'server_version_num：150020 即 15.20。离线时为最后已知值。',
    ),
    queries: [{ expr: promql`max(${select(pgVersion, instance)})`, legend: say('version', '版本') }],
    empty: silent,
    width: 4,
  }),
  stat({
    title: say('Uptime', '运行时间'),
    description: say('Time since the postmaster started.', '距 postmaster 启动的时间。'),
    queries: [{ expr: promql`max(${select(pgCore.m.uptime, instance)})`, legend: say('uptime', '运行时间') }],
    empty: silent,
    width: 4,
  }),
  stat({
    title: say('Timeline', '时间线'),
    description: say(
      'Timeline the instance is on; each promotion begins a new one. Members of a cluster share it.',
      '实例所在的时间线，每次提升都会产生新的时间线。集群成员应一致。',
    ),
    queries: [{ expr: promql`max(${select(pgTimeline.m.id, instance)})`, legend: say('timeline', '时间线') }],
    empty: silent,
    link: uids.replication,
    width: 3,
  }),
  stat({
    title: say('Connections used', '连接使用率'),
    description: say('Sessions as a share of max_connections.', '会话数占 max_connections 的比例。'),
    queries: [{ expr: promql`max(${select(connectionUsage, instance)})`, legend: say('used', '已用') }],
    thresholds: [
      {
        value: 'connections',
        colour: 'orange',
        why: say(
          'Orange from {value}, where PostgresConnectionsNearlyExhausted fires.',
          '从 {value} 起为橙色，即 PostgresConnectionsNearlyExhausted 的阈值。',
        ),
      },
    ],
    empty: silent,
    link: uids.pooler,
    width: 3,
  }),
  stat({
    title: say('Waiting for restart', '待重启参数'),
    description: say(
      'Settings changed in the configuration that take effect with the next restart only.',
      '已修改配置但重启后才生效的参数数量。',
    ),
    queries: [
      { expr: promql`max(${select(pgPendingRestart.m.settings, instance)})`, legend: say('settings', '参数') },
    ],
    unit: 'count',
    thresholds: [
      {
        value: 1,
        colour: 'orange',
        why: say(
          'Orange from 1: what is configured is not what runs.',
          '从 1 起为橙色：配置与运行值不一致。',
        ),
      },
    ],
    empty: silent,
    link: uids.compliance,
    width: 3,
  }),
  stat({
    title: say('Wraparound', '回卷进度'),
    description: say(
      'Share of the transaction ids used up before the server stops taking writes, in its worst database.',
      '最差数据库已消耗的事务号占比，耗尽时服务器停止写入。',
    ),
    queries: [
      { expr: promql`max(${select(pgFreeze.m.wraparound_ratio, instance)})`, legend: say('used', '已用') },
    ],
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
    width: 3,
  }),
];
