import { pgCore, pgRepl, pgStandby, promql, select } from '@pgattest/catalog';
import { type Panel, timeseries } from '../../grafana/panel.ts';
import { same, say } from '../../grafana/text.ts';
import { cluster } from '../scope.ts';

const alone = say('no standby is attached', '没有备库连接');

export const lagRow: readonly Panel[] = [
  timeseries({
    title: say('Replay lag in bytes', '回放延迟（字节）'),
    description: say(
      'WAL each standby has still to replay, seen from its sender.',
      '从发送方看，各备库尚未回放的 WAL。',
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
    empty: alone,
    width: 12,
  }),
  timeseries({
    title: say('Replay lag in seconds', '回放延迟（秒）'),
    description: say(
      'Time from the flush on the sender to the replay on the standby: how stale reads are. Goes while nothing is written.',
      '从发送方刷盘到备库回放的时间：即读到的数据有多旧。没有写入时消失。',
    ),
    queries: [
      {
        expr: promql`max by (appname) (${select(pgStandby.m.replay_lag_seconds, cluster)})`,
        legend: same('{{appname}}'),
      },
    ],
    thresholds: [
      {
        value: 'lag',
        colour: 'orange',
        why: say(
          'Orange from {value}, where PostgresReplicationLagSeconds fires.',
          '从 {value} 起为橙色，即 PostgresReplicationLagSeconds 的阈值。',
        ),
      },
    ],
    empty: alone,
    width: 12,
  }),
  timeseries({
    title: say('Lag by stage', '各阶段延迟'),
    description: say(
      'Where WAL is held up: not yet sent (network or sender), sent and not flushed (disk of the standby), flushed and not replayed (its processor, or a conflict).',
      'WAL 卡在哪里：未发送（网络或发送端）、已发送未刷盘（备库磁盘）、已刷盘未回放（备库处理器或冲突）。',
    ),
    queries: [
      {
        expr: promql`max by (appname) (${select(pgRepl.m.sent_diff, cluster)})`,
        legend: say('{{appname}} not sent', '{{appname}} 未发送'),
      },
      {
        expr: promql`clamp_min(max by (appname) (${select(pgRepl.m.flush_diff, cluster)} - ${select(pgRepl.m.sent_diff, cluster)}), 0)`,
        legend: say('{{appname}} not flushed', '{{appname}} 未刷盘'),
      },
      {
        // Where a segment ends early, its end is replayed before the rest of it is flushed.
        expr: promql`clamp_min(max by (appname) (${select(pgRepl.m.replay_diff, cluster)} - ${select(pgRepl.m.flush_diff, cluster)}), 0)`,
        legend: say('{{appname}} not replayed', '{{appname}} 未回放'),
      },
    ],
    unit: 'bytes',
    empty: alone,
    width: 12,
  }),
  timeseries({
    title: say('Lag as replicas see it', '从库视角的延迟'),
    description: say(
      'Time since the commit of the last transaction each replica has replayed; 0 once everything received is replayed. It also counts when the sender is gone.',
      '距各从库最后回放事务提交的时间；收到的全部回放后为 0。发送端消失时也有效。',
    ),
    queries: [{ expr: promql`max by (ins) (${select(pgCore.m.lag, cluster)})`, legend: same('{{ins}}') }],
    empty: say('no replica is scraped', '没有被采集的从库'),
    width: 12,
  }),
];
