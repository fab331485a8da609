import { backrestLastMetrics, backrestRecoveryMetrics, promql, select } from '@pgattest/catalog';
import { type Panel, barGauge, stat, timeseries } from '../../grafana/panel.ts';
import { say } from '../../grafana/text.ts';
import { cluster } from '../scope.ts';
import { noBackrest } from './empty.ts';

const m = backrestRecoveryMetrics;

export const windowRow: readonly Panel[] = [
  stat({
    title: say('Recovery point', '恢复点'),
    description: say(
      'Time since the newest moment that any repository can restore: what would be lost with all servers. It also rises while nothing is written, so it has no limit.',
      '距任一仓库可恢复的最新时刻的时间：服务器全毁时将丢失的数据。没有写入时也会增长，因此不设阈值。',
    ),
    queries: [
      { expr: promql`min(${select(m.backrestRecoveryPointAgeSeconds, cluster)})`, legend: say('age', '时长') },
    ],
    empty: noBackrest,
    width: 4,
    height: 6,
  }),
  stat({
    title: say('Newest full backup', '最新全量备份'),
    description: say(
      'Time since the newest full backup ended; every other backup rests on one.',
      '距最近一次全量备份完成的时间；其他备份都依赖它。',
    ),
    queries: [
      {
        expr: promql`min(${select(backrestLastMetrics.backrestSinceLastCompletionSeconds, { ...cluster, backup_type: 'full' })})`,
        legend: say('age', '时长'),
      },
    ],
    thresholds: [
      {
        value: 'fullBackupAge',
        colour: 'orange',
        why: say('Orange from {value}: a weekly full backup was missed.', '从 {value} 起为橙色：错过了每周全量备份。'),
      },
    ],
    empty: noBackrest,
    width: 4,
    height: 6,
  }),
  barGauge({
    title: say('Recovery window by repository', '各仓库恢复窗口'),
    description: say(
      'How far back each repository reaches: from the oldest restorable backup to the newest restorable moment.',
      '各仓库可回溯的范围：从最旧可恢复的备份到最新可恢复的时刻。',
    ),
    queries: [
      {
        expr: promql`max by (repo_key) (${select(m.backrestRecoveryWindowSeconds, cluster)})`,
        legend: say('repository {{repo_key}}', '仓库 {{repo_key}}'),
      },
    ],
    empty: noBackrest,
    width: 8,
    height: 6,
  }),
  barGauge({
    title: say('Recovery point by repository', '各仓库恢复点'),
    description: say(
      'Age of the newest moment each repository can restore. Repositories that differ are not equally good.',
      '各仓库可恢复最新时刻的时长。不一致说明仓库并不等价。',
    ),
    queries: [
      {
        expr: promql`min by (repo_key) (${select(m.backrestRecoveryPointAgeSeconds, cluster)})`,
        legend: say('repository {{repo_key}}', '仓库 {{repo_key}}'),
      },
    ],
    empty: noBackrest,
    width: 8,
    height: 6,
  }),
  timeseries({
    title: say('Recovery point over time', '恢复点变化'),
    description: say(
      'A saw: it rises until the next segment is archived. A slope without teeth is an archive that stands still, or a cluster nobody writes to.',
      '锯齿：在下一个段归档前上升。没有齿的斜坡说明归档停滞，或无人写入。',
    ),
    queries: [
      {
        expr: promql`min by (repo_key) (${select(m.backrestRecoveryPointAgeSeconds, cluster)})`,
        legend: say('repository {{repo_key}}', '仓库 {{repo_key}}'),
      },
    ],
    empty: noBackrest,
    width: 24,
    height: 6,
  }),
];
