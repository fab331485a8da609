import { pgRecv, pgRepl, pgSyncQuorum, promql, select } from '@pgattest/catalog';
import { type Panel, stat, table } from '../../grafana/panel.ts';
import { stateWords } from '../../grafana/state-words.ts';
import { say } from '../../grafana/text.ts';
import { uids } from '../../grafana/uids.ts';
import { cluster } from '../scope.ts';

export const topologyRow: readonly Panel[] = [
  table({
    title: say('Senders', '发送端'),
    description: say(
      'Every WAL sender: whom it feeds, whether that standby streams, and whether commits wait for it.',
      '每个 WAL 发送进程：发给谁、对方是否流复制、提交是否等待它。',
    ),
    keys: { ins: say('Sender', '发送方'), appname: say('Standby', '备库'), address: say('Address', '地址') },
    values: [
      {
        title: say('State', '状态'),
        expr: promql`max by (ins, appname, address) (${select(pgRepl.m.state, cluster)})`,
        words: stateWords(pgRepl.m.state, ['streaming']),
      },
      {
        title: say('Commits wait', '同步方式'),
        expr: promql`max by (ins, appname, address) (${select(pgRepl.m.sync_state, cluster)})`,
        words: stateWords(pgRepl.m.sync_state, ['async', 'potential', 'sync', 'quorum']),
      },
    ],
    empty: say('no standby is attached', '没有备库连接'),
    width: 12,
    height: 7,
  }),
  table({
    title: say('Receivers', '接收端'),
    description: say(
      'What each replica says about its own connection: from whom, through which slot, and for how long nothing has come.',
      '各从库对自身连接的说法：来自谁、经由哪个复制槽、多久没有收到消息。',
    ),
    keys: { ins: say('Replica', '从库'), sender_host: say('Sender', '发送方'), slot_name: say('Slot', '复制槽') },
    values: [
      {
        title: say('State', '状态'),
        expr: promql`max by (ins, sender_host, slot_name) (${select(pgRecv.m.state, cluster)})`,
        words: stateWords(pgRecv.m.state, ['streaming']),
      },
      {
        title: say('Last message', '最近消息'),
        expr: promql`max by (ins, sender_host, slot_name) (time() - ${select(pgRecv.m.msg_recv_time, cluster)})`,
        unit: 'seconds',
        thresholds: [
          {
            value: 60,
            colour: 'orange',
            why: say(
              'Last message is orange from one minute: wal_receiver_timeout is near.',
              '最近消息：从 1 分钟起为橙色，接近 wal_receiver_timeout。',
            ),
          },
        ],
      },
    ],
    empty: say('no replica receives WAL', '没有从库在接收 WAL'),
    width: 12,
    height: 7,
  }),
  stat({
    title: say('Synchronous standbys missing', '缺少的同步备库'),
    description: say(
      'Standbys that synchronous_standby_names asks for and that are not there. While one is missing commits wait. Zero when replication is asynchronous.',
      'synchronous_standby_names 要求而不存在的备库数。缺少时提交会等待。异步复制时为零。',
    ),
    queries: [
      {
        expr: promql`max(clamp_min(${select(pgSyncQuorum.m.required_standbys, cluster)} - ${select(pgSyncQuorum.m.present_standbys, cluster)}, 0))`,
        legend: say('missing', '缺少'),
      },
    ],
    unit: 'count',
    thresholds: [
      {
        value: 1,
        colour: 'red',
        why: say('Red from 1: commits hang until it is back.', '从 1 起为红色：提交会挂起直至其恢复。'),
      },
    ],
    empty: say('no instance is scraped', '没有被采集的实例'),
    link: uids.ha,
    width: 8,
  }),
  stat({
    title: say('Sessions waiting for a standby', '等待备库确认的会话'),
    description: say(
      'Sessions whose commit waits for synchronous replication right now.',
      '此刻提交正在等待同步复制的会话数。',
    ),
    queries: [
      { expr: promql`max(${select(pgSyncQuorum.m.waiting_sessions, cluster)})`, legend: say('sessions', '会话') },
    ],
    unit: 'count',
    thresholds: [
      {
        value: 10,
        colour: 'orange',
        why: say('Orange from 10: the standby is slower than the load.', '从 10 起为橙色：备库慢于负载。'),
      },
    ],
    empty: say('no instance is scraped', '没有被采集的实例'),
    width: 8,
  }),
  stat({
    title: say('Synchronous replication', '同步复制'),
    description: say(
      'How the primary chooses synchronous standbys: off, the first n of a list, or any n of it.',
      '主库选择同步备库的方式：关闭、列表中前 n 个，或任意 n 个。',
    ),
    queries: [{ expr: promql`max(${select(pgSyncQuorum.m.method, cluster)})`, legend: say('method', '方式') }],
    unit: 'state',
    words: {
      0: { text: say('off', '关闭'), colour: 'blue' },
      1: { text: say('first', '优先级'), colour: 'green' },
      2: { text: say('any', '法定人数'), colour: 'green' },
    },
    empty: say('no instance is scraped', '没有被采集的实例'),
    link: uids.ha,
    width: 8,
  }),
];
