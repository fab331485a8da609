import { pgActivity, pgBlocked, pgLock, pgWait, promql, select } from '@pgattest/catalog';
import { type Panel, timeseries } from '../../grafana/panel.ts';
import { same, say } from '../../grafana/text.ts';
import { instance } from '../scope.ts';

const silent = say('the instance is not scraped', '该实例未被采集');

export const sessionsRow: readonly Panel[] = [
  timeseries({
    title: say('Sessions by state', '会话状态'),
    description: say(
      'What client sessions do. "idle in transaction" keeps locks and holds back vacuum.',
      '客户端会话在做什么。"idle in transaction" 会占用锁并阻碍清理。',
    ),
    queries: [{ expr: promql`sum by (state) (${select(pgActivity.m.count, instance)})`, legend: same('{{state}}') }],
    empty: silent,
    width: 8,
  }),
  timeseries({
    title: say('Longest transaction', '最长事务'),
    description: say(
      'Age of the oldest transaction by session state. It keeps dead rows from being removed on this server.',
      '按会话状态统计最老事务的时长。它会使死元组无法清理。',
    ),
    queries: [
      { expr: promql`max by (state) (${select(pgActivity.m.max_tx_duration, instance)})`, legend: same('{{state}}') },
    ],
    thresholds: [
      {
        value: 3600,
        colour: 'orange',
        why: say(
          'Orange from one hour: rarely intended outside of backups and reports.',
          '从 1 小时起为橙色：除备份与报表外很少是有意的。',
        ),
      },
    ],
    empty: silent,
    width: 8,
  }),
  timeseries({
    title: say('Blocked sessions', '被阻塞的会话'),
    description: say(
      'Sessions that wait for a lock another one holds, and the sessions at the root of these queues.',
      '等待他人持有的锁的会话，以及造成排队的源头会话。',
    ),
    queries: [
      { expr: promql`max(${select(pgBlocked.m.sessions, instance)})`, legend: say('blocked', '被阻塞') },
      { expr: promql`max(${select(pgBlocked.m.root_sessions, instance)})`, legend: say('blocking', '源头') },
    ],
    unit: 'count',
    empty: silent,
    width: 8,
  }),
  timeseries({
    title: say('Wait events', '等待事件'),
    description: say(
      'Active sessions by what they wait for at the moment of the scrape: a sample, not a profile.',
      '采集瞬间活跃会话的等待事件：是抽样而非完整画像。',
    ),
    queries: [{ expr: promql`sum by (event) (${select(pgWait.m.count, instance)})`, legend: same('{{event}}') }],
    empty: say('no session waits for anything', '没有会话在等待'),
    width: 12,
  }),
  timeseries({
    title: say('Locks by mode', '锁模式'),
    description: say(
      'Held and awaited locks. AccessExclusiveLock that stays blocks every reader of its table.',
      '持有与等待的锁。长时间存在的 AccessExclusiveLock 会阻塞该表的所有读取。',
    ),
    queries: [{ expr: promql`sum by (mode) (${select(pgLock.m.count, instance)})`, legend: same('{{mode}}') }],
    empty: silent,
    width: 12,
  }),
];
