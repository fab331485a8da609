import { patroniMetrics, promql, select } from '@pgattest/catalog';
import { type Panel, stat, stateTimeline, timeseries } from '../../grafana/panel.ts';
import { same, say } from '../../grafana/text.ts';
import { cluster } from '../scope.ts';

const m = patroniMetrics;
const noPatroni = say('no Patroni is scraped for this cluster', '该集群未采集 Patroni');

export const patroniRow: readonly Panel[] = [
  stateTimeline({
    title: say('Members by Patroni', 'Patroni 成员状态'),
    description: say(
      'Role of each member as its own Patroni sees it. A gap: that Patroni did not answer, whatever its PostgreSQL does.',
      '每个成员的 Patroni 所认为的角色。空白表示该 Patroni 未应答，与其 PostgreSQL 状态无关。',
    ),
    queries: [
      {
        // A synchronous standby is a replica, too: 1 + 1.
        expr: promql`max by (ins) (${select(m.patroniReplica, cluster)} + ${select(m.patroniSyncStandby, cluster)} + 3 * ${select(m.patroniPrimary, cluster)} + 4 * ${select(m.patroniStandbyLeader, cluster)})`,
        legend: same('{{ins}}'),
      },
    ],
    unit: 'state',
    words: {
      0: { text: say('not running', '未运行'), colour: 'red' },
      1: { text: say('replica', '从库'), colour: 'blue' },
      2: { text: say('synchronous standby', '同步备库'), colour: 'blue' },
      3: { text: say('primary', '主库'), colour: 'green' },
      4: { text: say('standby leader', '备集群主'), colour: 'green' },
    },
    empty: noPatroni,
    width: 16,
  }),
  stat({
    title: say('DCS last seen', '最近一次访问 DCS'),
    description: say(
      'Time since the member that has waited longest last reached etcd. Beyond the ttl the primary must let go.',
      '最久未访问 etcd 的成员距今的时间。超过 ttl 主库必须放弃领导权。',
    ),
    queries: [
      {
        expr: promql`max(time() - ${select(m.patroniDcsLastSeen, cluster)})`,
        legend: say('age', '时长'),
      },
    ],
    unit: 'seconds',
    thresholds: [
      {
        value: 20,
        colour: 'orange',
        why: say('Orange from 20 s: two loops of Patroni were missed.', '从 20 秒起为橙色：错过了 Patroni 的两个循环。'),
      },
      {
        value: 30,
        colour: 'red',
        why: say('Red from 30 s: the default ttl has passed.', '从 30 秒起为红色：已超过默认 ttl。'),
      },
    ],
    empty: noPatroni,
    width: 4,
    height: 8,
  }),
  stat({
    title: say('Role changes in 24 hours', '24 小时内角色变化'),
    description: say(
      'How often a member became primary or ceased to be. A switchover is two changes.',
      '成员成为或不再是主库的次数。一次切换计两次变化。',
    ),
    queries: [
      {
        expr: promql`sum(changes(${select(m.patroniPrimary, cluster)}[24h]))`,
        legend: say('changes', '次数'),
      },
    ],
    unit: 'count',
    thresholds: [
      {
        value: 1,
        colour: 'orange',
        why: say('Orange from 1: somebody should know why.', '从 1 起为橙色：应当有人知道原因。'),
      },
    ],
    empty: noPatroni,
    width: 4,
    height: 8,
  }),
  stateTimeline({
    title: say('State of the cluster by Patroni', 'Patroni 集群状态'),
    description: say(
      'Facts that are "no" on a quiet day: nobody holds the lock, failover is paused, failsafe keeps the primary, a setting waits for a restart.',
      '平日均应为“否”的事实：无人持锁、切换暂停、失效保护维持主库、参数等待重启。',
    ),
    queries: [
      { expr: promql`max(${select(m.patroniClusterUnlocked, cluster)})`, legend: say('unlocked', '无锁') },
      { expr: promql`max(${select(m.patroniIsPaused, cluster)})`, legend: say('paused', '暂停') },
      { expr: promql`max(${select(m.patroniFailsafeModeIsActive, cluster)})`, legend: say('failsafe active', '失效保护') },
      { expr: promql`max(${select(m.patroniPendingRestart, cluster)})`, legend: say('pending restart', '待重启') },
    ],
    unit: 'state',
    words: {
      0: { text: say('no', '否'), colour: 'green' },
      1: { text: say('yes', '是'), colour: 'orange' },
    },
    empty: noPatroni,
    width: 16,
  }),
  timeseries({
    title: say('Timeline', '时间线'),
    description: say(
      'Timeline of each member as Patroni sees it. Every promotion adds one; a member that stays below has diverged or is behind.',
      'Patroni 所见各成员的时间线。每次提升加一；停留在下方的成员已分叉或落后。',
    ),
    queries: [
      { expr: promql`max by (ins) (${select(m.patroniPostgresTimeline, cluster)})`, legend: same('{{ins}}') },
    ],
    empty: noPatroni,
    width: 8,
    height: 8,
  }),
];
