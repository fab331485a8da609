import {
  auditEvidenceAgeSeconds,
  auditFindings,
  backrestLastMetrics,
  backrestRecoveryMetrics,
  promql,
  select,
} from '@pgattest/catalog';
import { type Panel, stat } from '../../grafana/panel.ts';
import { say } from '../../grafana/text.ts';
import { uids } from '../../grafana/uids.ts';
import { cluster } from '../scope.ts';

const noVerdict = say('no fresh verdict: not audited, or the last audit failed', '没有新结论：未审计，或上次审计失败');
const noBackupMetrics = say('no pgBackRest exporter is scraped', '未采集 pgBackRest');

export const assuranceRow: readonly Panel[] = [
  stat({
    title: say('Newest backup', '最新备份'),
    description: say('Time since the newest backup of any type ended.', '距最近一次任意类型备份完成的时间。'),
    queries: [
      {
        expr: promql`min(${select(backrestLastMetrics.backrestSinceLastCompletionSeconds, cluster)})`,
        legend: say('age', '时长'),
      },
    ],
    thresholds: [
      {
        value: 'backupAge',
        colour: 'orange',
        why: say('Orange from {value}: a daily backup was missed.', '从 {value} 起为橙色：错过了每日备份。'),
      },
    ],
    empty: noBackupMetrics,
    link: uids.backup,
    width: 4,
  }),
  stat({
    title: say('Recovery point', '恢复点'),
    description: say(
      'Time since the newest moment that a repository can restore: what would be lost with all servers. It also rises while nothing is written, so it has no limit.',
      '距仓库可恢复的最新时刻的时间：服务器全毁时将丢失的数据。没有写入时也会增长，因此不设阈值。',
    ),
    queries: [
      {
        expr: promql`min(${select(backrestRecoveryMetrics.backrestRecoveryPointAgeSeconds, cluster)})`,
        legend: say('age', '时长'),
      },
    ],
    empty: noBackupMetrics,
    link: uids.backup,
    width: 4,
  }),
  stat({
    title: say('Recovery window', '恢复窗口'),
    description: say(
      'How far back a point-in-time recovery can reach, in the repository that reaches furthest.',
      '时间点恢复最早可回到多久以前（取最长的仓库）。',
    ),
    queries: [
      {
        expr: promql`max(${select(backrestRecoveryMetrics.backrestRecoveryWindowSeconds, cluster)})`,
        legend: say('window', '窗口'),
      },
    ],
    empty: noBackupMetrics,
    link: uids.backup,
    width: 4,
  }),
  stat({
    title: say('Failing checks', '未通过的检查'),
    description: say('Findings of the last audit that fail and are not waived.', '上次审计中未通过且未豁免的检查。'),
    queries: [
      {
        expr: promql`sum(${select(auditFindings, { ...cluster, outcome: 'fail' })})`,
        legend: say('fail', '未通过'),
      },
    ],
    unit: 'count',
    thresholds: [
      {
        value: 1,
        colour: 'red',
        why: say('Red from 1: each is a non-conformity with evidence.', '从 1 起为红色：每项都是有证据的不符合。'),
      },
    ],
    empty: noVerdict,
    link: uids.compliance,
    width: 4,
  }),
  stat({
    title: say('Undecided checks', '无法判定的检查'),
    description: say(
      'Checks without a verdict because evidence could not be collected. Undecided is not met.',
      '因无法取得证据而没有结论的检查。无法判定不等于符合。',
    ),
    queries: [
      {
        expr: promql`sum(${select(auditFindings, { ...cluster, outcome: 'error' })})`,
        legend: say('error', '无法判定'),
      },
    ],
    unit: 'count',
    thresholds: [
      {
        value: 1,
        colour: 'orange',
        why: say(
          'Orange from 1: "pgattest audit doctor" says what is missing.',
          '从 1 起为橙色：运行 "pgattest audit doctor" 查看缺少什么。',
        ),
      },
    ],
    empty: noVerdict,
    link: uids.compliance,
    width: 4,
  }),
  stat({
    title: say('Age of the evidence', '证据时长'),
    description: say('Time since the evidence of the newest audit was collected.', '距最近一次审计取证的时间。'),
    queries: [
      { expr: promql`min(${select(auditEvidenceAgeSeconds, cluster)})`, legend: say('age', '时长') },
    ],
    thresholds: [
      {
        value: 'evidenceAge',
        colour: 'red',
        why: say(
          'Red from {value}, where AuditEvidenceStale fires.',
          '从 {value} 起为红色，即 AuditEvidenceStale 的阈值。',
        ),
      },
    ],
    empty: noVerdict,
    link: uids.compliance,
    width: 4,
  }),
];
