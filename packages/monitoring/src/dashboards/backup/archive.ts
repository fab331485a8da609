import { backrestArchiverMetrics, backrestRecoveryMetrics, pgArchive, pgArchiver, promql, select } from '@pgattest/catalog';
import { type Panel, timeseries } from '../../grafana/panel.ts';
import { same, say } from '../../grafana/text.ts';
import { uids } from '../../grafana/uids.ts';
import { cluster } from '../scope.ts';
import { noBackrest } from './empty.ts';

export const archiveRow: readonly Panel[] = [
  timeseries({
    title: say('Archived and failed', '归档成功与失败'),
    description: say(
      'Segments archived and failed attempts, per minute, as PostgreSQL counts them.',
      'PostgreSQL 统计的每分钟归档段数与失败次数。',
    ),
    queries: [
      {
        expr: promql`60 * sum by (ins) (rate(${select(pgArchiver.m.finish_count, cluster)}[$__rate_interval]))`,
        legend: say('{{ins}} archived', '{{ins}} 成功'),
      },
      {
        expr: promql`60 * sum by (ins) (rate(${select(pgArchiver.m.failed_count, cluster)}[$__rate_interval]))`,
        legend: say('{{ins}} failed', '{{ins}} 失败'),
      },
    ],
    unit: 'per_minute',
    empty: say('archive_mode is off or nothing is scraped', 'archive_mode 已关闭或没有采集'),
    width: 8,
  }),
  timeseries({
    title: say('Segments behind the server', '落后于服务器的段数'),
    description: say(
      'Complete segments the server has written and the repository does not hold yet.',
      '服务器已写完而仓库尚未保存的段数。',
    ),
    queries: [
      {
        expr: promql`max by (repo_key) (${select(backrestArchiverMetrics.backrestArchiverLagSegments, cluster)})`,
        legend: say('repository {{repo_key}}', '仓库 {{repo_key}}'),
      },
    ],
    thresholds: [
      {
        value: 10,
        colour: 'orange',
        why: say('Orange from 10 segments: 160 MiB would be lost.', '从 10 段起为橙色：将丢失 160 MiB。'),
      },
    ],
    empty: noBackrest,
    width: 8,
  }),
  timeseries({
    title: say('Oldest segment that waits', '等待最久的段'),
    description: say(
      'How long the oldest complete segment has waited for archive_command, by instance. Absent while none waits.',
      '等待 archive_command 最久的段已等待的时间。没有等待时不显示。',
    ),
    queries: [
      {
        expr: promql`max by (ins) (${select(pgArchive.m.oldest_ready_age_seconds, cluster)})`,
        legend: same('{{ins}}'),
        when: 'archive-command-failing',
      },
    ],
    thresholds: [
      {
        value: 'archiveWait',
        colour: 'orange',
        why: say('Orange from {value}: archiving is stuck.', '从 {value} 起为橙色：归档卡住。'),
      },
    ],
    empty: say('no segment waits', '没有等待的段'),
    link: uids.instance,
    width: 8,
  }),
  timeseries({
    title: say('Recovery window over time', '恢复窗口变化'),
    description: say(
      'The window grows with the archive and shrinks when old backups expire. A cliff is an expiry, or a loss.',
      '窗口随归档增长，随旧备份过期缩短。断崖意味着过期，或丢失。',
    ),
    queries: [
      {
        expr: promql`max by (repo_key) (${select(backrestRecoveryMetrics.backrestRecoveryWindowSeconds, cluster)})`,
        legend: say('repository {{repo_key}}', '仓库 {{repo_key}}'),
      },
    ],
    empty: noBackrest,
    width: 24,
    height: 6,
  }),
];
