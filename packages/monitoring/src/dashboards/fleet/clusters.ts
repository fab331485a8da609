import {
  auditEvidenceAgeSeconds,
  auditFindings,
  backrestLastMetrics,
  backrestRecoveryMetrics,
  pgStandby,
  pgUp,
  promql,
  select,
} from '@pgattest/catalog';
import { type Panel, table } from '../../grafana/panel.ts';
import { say } from '../../grafana/text.ts';
import { connectionUsage } from '../../recording/connections.ts';
import { clusterPrimaries } from '../../recording/members.ts';

export const clustersRow: readonly Panel[] = [
  table({
    title: say('Clusters', '集群'),
    description: say(
      'One line a cluster: members, role, replication, load, backup and compliance. Click a name for its page.',
      '每个集群一行：成员、角色、复制、负载、备份与合规。点击名称查看集群页面。',
    ),
    keys: { cls: say('Cluster', '集群') },
    values: [
      { title: say('Instances', '实例'), expr: promql`count by (cls) (${pgUp})`, unit: 'count' },
      {
        title: say('Down', '离线'),
        expr: promql`sum by (cls) (1 - ${pgUp})`,
        unit: 'count',
        thresholds: [
          {
            value: 1,
            colour: 'red',
            why: say('Down is red from 1 instance that does not answer.', '离线：从 1 个实例无应答起为红色。'),
          },
        ],
      },
      {
        title: say('Primaries', '主库'),
        expr: promql`max by (cls) (${clusterPrimaries})`,
        unit: 'count',
        words: {
          0: { text: say('none', '无'), colour: 'red' },
          1: { text: say('1', '1'), colour: 'green' },
        },
        thresholds: [
          {
            value: 2,
            colour: 'red',
            why: say('Primaries is red from 2: a split brain.', '主库：从 2 起为红色，即脑裂。'),
          },
        ],
      },
      {
        title: say('Worst replay lag', '最大回放延迟'),
        expr: promql`max by (cls) (${pgStandby.m.replay_lag_bytes})`,
        thresholds: [
          {
            value: 134_217_728,
            colour: 'orange',
            why: say(
              'Replay lag is orange from 128 MiB, where PostgresReplicationLagBytes fires.',
              '回放延迟：从 128 MiB 起为橙色，即 PostgresReplicationLagBytes 的阈值。',
            ),
          },
        ],
      },
      {
        title: say('Connections used', '连接使用率'),
        expr: promql`max by (cls) (${connectionUsage})`,
        thresholds: [
          {
            value: 'connections',
            colour: 'orange',
            why: say(
              'Connections are orange from {value}: reserved ones come next.',
              '连接：从 {value} 起为橙色，接下来只剩保留连接。',
            ),
          },
        ],
      },
      {
        title: say('Newest backup', '最新备份'),
        expr: promql`min by (cls) (${backrestLastMetrics.backrestSinceLastCompletionSeconds})`,
        thresholds: [
          {
            value: 'backupAge',
            colour: 'orange',
            why: say(
              'Newest backup is orange from {value}: a daily one was missed.',
              '最新备份：从 {value} 起为橙色，说明错过了每日备份。',
            ),
          },
        ],
      },
      {
        title: say('Recovery point', '恢复点'),
        expr: promql`min by (cls) (${backrestRecoveryMetrics.backrestRecoveryPointAgeSeconds})`,
      },
      {
        title: say('Failing checks', '未通过检查'),
        expr: promql`sum by (cls) (${select(auditFindings, { outcome: 'fail' })})`,
        unit: 'count',
        thresholds: [
          {
            value: 1,
            colour: 'orange',
            why: say('Failing checks are orange from 1.', '未通过检查：从 1 起为橙色。'),
          },
        ],
      },
      {
        title: say('Evidence age', '证据时长'),
        expr: promql`max by (cls) (${auditEvidenceAgeSeconds})`,
        thresholds: [
          {
            value: 'evidenceAge',
            colour: 'orange',
            why: say(
              'Evidence is orange from {value}, where AuditEvidenceStale fires.',
              '证据：从 {value} 起为橙色，即 AuditEvidenceStale 的阈值。',
            ),
          },
        ],
      },
    ],
    empty: say('no PostgreSQL exporter is scraped', '未采集任何 PostgreSQL 采集器'),
    width: 24,
  }),
];
