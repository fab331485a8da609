import { pgCore, pgInRecovery, pgPendingRestart, pgUp, pgVersion, promql } from '@pgattest/catalog';
import { type Panel, table } from '../../grafana/panel.ts';
import { say } from '../../grafana/text.ts';
import { connectionUsage } from '../../recording/connections.ts';
import { roleOf, roleWords } from '../role-words.ts';

export const instancesRow: readonly Panel[] = [
  table({
    title: say('Instances', '实例'),
    description: say(
      'Every instance: role, version, uptime, connections and settings that wait for a restart. Mixed versions in a cluster stand out here.',
      '全部实例：角色、版本、运行时间、连接与等待重启的参数。集群内版本不一致在此一目了然。',
    ),
    keys: { cls: say('Cluster', '集群'), ins: say('Instance', '实例') },
    values: [
      { title: say('Role', '角色'), expr: roleOf(pgUp, pgInRecovery), unit: 'state', words: roleWords },
      { title: say('Version', '版本'), expr: promql`max by (cls, ins) (${pgVersion})`, unit: 'id' },
      { title: say('Uptime', '运行时间'), expr: promql`max by (cls, ins) (${pgCore.m.uptime})` },
      { title: say('Connections used', '连接使用率'), expr: promql`max by (cls, ins) (${connectionUsage})` },
      {
        title: say('Waiting for restart', '待重启参数'),
        expr: promql`max by (cls, ins) (${pgPendingRestart.m.settings})`,
        unit: 'count',
        thresholds: [
          {
            value: 1,
            colour: 'orange',
            why: say(
              'Waiting is orange from 1 setting: what is configured is not what runs.',
              '待重启：从 1 个参数起为橙色，配置与运行值不一致。',
            ),
          },
        ],
      },
    ],
    empty: say('no PostgreSQL exporter is scraped', '未采集任何 PostgreSQL 采集器'),
    width: 24,
    height: 12,
  }),
];
