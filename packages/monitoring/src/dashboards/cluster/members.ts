import { pgInRecovery, pgRepl, pgStandby, pgTimeline, pgUp, pgVersion, promql, select } from '@pgattest/catalog';
import { type Panel, table, timeseries } from '../../grafana/panel.ts';
import { stateWords } from '../../grafana/state-words.ts';
import { same, say } from '../../grafana/text.ts';
import { uids } from '../../grafana/uids.ts';
import { connectionUsage } from '../../recording/connections.ts';
import { roleOf, roleWords } from '../role-words.ts';
import { cluster } from '../scope.ts';

export const membersRow: readonly Panel[] = [
  table({
    title: say('Members', '成员'),
    description: say(
      'Every member with its role, timeline, version and connections. Members on different timelines do not follow each other.',
      '每个成员的角色、时间线、版本与连接。时间线不同的成员之间没有在复制。',
    ),
    keys: { ins: say('Instance', '实例') },
    values: [
      {
        title: say('Role', '角色'),
        expr: promql`max by (ins) (${roleOf(select(pgUp, cluster), select(pgInRecovery, cluster))})`,
        unit: 'state',
        words: roleWords,
      },
      { title: say('Timeline', '时间线'), expr: promql`max by (ins) (${select(pgTimeline.m.id, cluster)})` },
      { title: say('Version', '版本'), expr: promql`max by (ins) (${select(pgVersion, cluster)})` },
      {
        title: say('Connections used', '连接使用率'),
        expr: promql`max by (ins) (${select(connectionUsage, cluster)})`,
        thresholds: [
          {
            value: 'connections',
            colour: 'orange',
            why: say(
              'Connections are orange from {value}, where PostgresConnectionsNearlyExhausted fires.',
              '连接：从 {value} 起为橙色，即 PostgresConnectionsNearlyExhausted 的阈值。',
            ),
          },
        ],
      },
    ],
    empty: say('no instance is scraped for this cluster', '该集群没有被采集的实例'),
    width: 12,
    height: 7,
  }),
  table({
    title: say('Attached standbys', '已连接的备库'),
    description: say(
      'Every WAL sender of the cluster, the state of its standby and what it has still to replay.',
      '集群的每个 WAL 发送进程、其备库状态以及尚未回放的 WAL。',
    ),
    keys: { ins: say('Sender', '发送方'), appname: say('Standby', '备库') },
    values: [
      {
        title: say('State', '状态'),
        expr: promql`max by (ins, appname) (${select(pgRepl.m.state, cluster)})`,
        words: stateWords(pgRepl.m.state, ['streaming']),
      },
      {
        title: say('To replay', '待回放'),
        expr: promql`max by (ins, appname) (${select(pgRepl.m.replay_diff, cluster)})`,
        unit: 'bytes',
        thresholds: [
          {
            value: 134_217_728,
            colour: 'orange',
            why: say(
              'To replay is orange from 128 MiB, where PostgresReplicationLagBytes fires.',
              '待回放：从 128 MiB 起为橙色，即 PostgresReplicationLagBytes 的阈值。',
            ),
          },
        ],
      },
    ],
    empty: say('no standby is attached', '没有备库连接'),
    width: 12,
    height: 7,
  }),
  timeseries({
    title: say('Replay lag', '回放延迟'),
    description: say(
      'WAL each standby has still to replay, seen from its sender: how stale reads are, and how long a promotion takes.',
      '从发送方看各备库尚未回放的 WAL：决定读到的数据有多旧，以及提升需要多久。',
    ),
    queries: [
      {
        expr: promql`max by (appname) (${select(pgStandby.m.replay_lag_bytes, cluster)})`,
        legend: same('{{appname}}'),
      },
    ],
    thresholds: [
      {
        value: 134_217_728,
        colour: 'orange',
        why: say(
          'Orange from 128 MiB, where PostgresReplicationLagBytes fires.',
          '从 128 MiB 起为橙色，即 PostgresReplicationLagBytes 的阈值。',
        ),
      },
    ],
    empty: say('no standby is attached', '没有备库连接'),
    link: uids.replication,
    width: 24,
    height: 6,
  }),
];
