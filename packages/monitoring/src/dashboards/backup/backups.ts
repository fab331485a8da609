import {
  backrestBackupMetrics,
  backrestLocalMetrics,
  backrestScheduleMetrics,
  backrestStanzaMetrics,
  promql,
  select,
} from '@pgattest/catalog';
import { type Panel, stateTimeline, table } from '../../grafana/panel.ts';
import { same, say } from '../../grafana/text.ts';
import { badWords, goodWords } from '../role-words.ts';
import { cluster } from '../scope.ts';
import { noBackrest } from './empty.ts';

const b = backrestBackupMetrics;
const schedule = backrestScheduleMetrics;

export const backupsRow: readonly Panel[] = [
  table({
    title: say('Backups', '备份列表'),
    description: say(
      'Every completed backup in every repository: type, how long it took, what it restores and what it stores.',
      '各仓库中每个已完成的备份：类型、耗时、恢复大小与存储大小。',
    ),
    keys: {
      repo_key: say('Repository', '仓库'),
      backup_name: say('Backup', '备份'),
      backup_type: say('Type', '类型'),
    },
    values: [
      {
        title: say('Took', '耗时'),
        expr: promql`max by (repo_key, backup_name, backup_type) (${select(b.backrestBackupDurationSeconds, cluster)})`,
      },
      {
        title: say('Restores', '恢复大小'),
        expr: promql`max by (repo_key, backup_name, backup_type) (${select(b.backrestBackupSizeBytes, cluster)})`,
      },
      {
        title: say('Stores', '存储大小'),
        expr: promql`max by (repo_key, backup_name, backup_type) (${select(b.backrestBackupRepoDeltaBytes, cluster)})`,
      },
      {
        title: say('Page errors', '页错误'),
        expr: promql`max by (repo_key, backup_name, backup_type) (${select(b.backrestBackupErrorStatus, cluster)})`,
        unit: 'state',
        words: badWords,
      },
    ],
    empty: noBackrest,
    width: 24,
  }),
  stateTimeline({
    title: say('Backup, expiry or stanza command runs', '正在运行的备份命令'),
    description: say(
      'When a backup, expire or stanza command held its lock, by host. One of another host is invisible.',
      '备份、过期或 stanza 命令持锁的时段（按主机）。其他主机上的锁不可见。',
    ),
    queries: [
      {
        expr: promql`max by (ins) (${select(backrestStanzaMetrics.backrestStanzaBackupLockStatus, cluster)})`,
        legend: same('{{ins}}'),
      },
    ],
    unit: 'state',
    words: {
      0: { text: say('idle', '空闲'), colour: 'grey' },
      1: { text: say('runs', '运行中'), colour: 'blue' },
    },
    empty: noBackrest,
    width: 12,
  }),
  table({
    title: say('Last run of each command', '各命令最近一次运行'),
    description: say(
      'How the last run of each pgBackRest command ended on each host, by its log.',
      '各主机上各 pgBackRest 命令最近一次运行的结果（据其日志）。',
    ),
    keys: { ins: say('Instance', '实例'), command: say('Command', '命令') },
    values: [
      {
        title: say('Outcome', '结果'),
        expr: promql`max by (ins, command) (${select(backrestLocalMetrics.backrestCommandLastOutcome, cluster)})`,
        unit: 'state',
        words: {
          0: { text: say('succeeded', '成功'), colour: 'green' },
          1: { text: say('failed', '失败'), colour: 'red' },
          2: { text: say('killed', '被终止'), colour: 'red' },
        },
      },
      {
        title: say('Ended', '结束于'),
        expr: promql`min by (ins, command) (time() - ${select(backrestLocalMetrics.backrestCommandLastEndedTimestampSeconds, cluster)})`,
        unit: 'seconds',
      },
    ],
    empty: say('no log of pgBackRest is readable', '无法读取 pgBackRest 日志'),
    width: 12,
  }),
  table({
    title: say('Schedule', '备份计划'),
    description: say(
      'Declared backups and whether the last one due was made. Needs a schedule in the exporter.',
      '声明的备份计划以及最近到期的一次是否完成。需在采集器中声明计划。',
    ),
    keys: { repo_key: say('Repository', '仓库'), backup_type: say('Type', '类型') },
    values: [
      {
        title: say('Made', '已完成'),
        expr: promql`1 - max by (repo_key, backup_type) (${select(schedule.backrestScheduleMissed, cluster)})`,
        unit: 'state',
        words: goodWords,
        when: 'backup-scheduled',
      },
      {
        title: say('Overdue', '逾期'),
        expr: promql`max by (repo_key, backup_type) (${select(schedule.backrestScheduleOverdueSeconds, cluster)})`,
        when: 'backup-scheduled',
      },
    ],
    empty: say('no schedule is declared in the exporter', '采集器中未声明备份计划'),
    width: 24,
    height: 6,
  }),
];
