import { alertsActive, pgUp, promql, select } from '@pgattest/catalog';
import { type Panel, stat, table } from '../../grafana/panel.ts';
import { say } from '../../grafana/text.ts';
import { clusterSize } from '../../recording/members.ts';
import { orZero } from '../scope.ts';

const firing = { alertstate: 'firing' } as const;

export const alertPanels: readonly Panel[] = [
  stat({
    title: say('Alerts that page', '触发的严重告警'),
    description: say(
      'Critical alerts that fire now. Zero is shown only while rules are evaluated: the recorded series prove it.',
      '当前触发的严重告警。仅当规则确实在运行（有记录序列为证）时才显示零。',
    ),
    queries: [
      {
        expr: orZero(promql`count(${select(alertsActive, { ...firing, severity: 'CRIT' })})`, clusterSize),
        legend: say('alerts', '告警'),
      },
    ],
    unit: 'count',
    thresholds: [
      { value: 1, colour: 'red', why: say('Red from 1: somebody is being paged.', '从 1 起为红色：已经在通知值班。') },
    ],
    empty: say('no rules are evaluated', '规则未运行'),
    width: 4,
    height: 6,
  }),
  table({
    title: say('Alerts', '告警'),
    description: say(
      'Alerts that fire, the worst first: severity, what, on which cluster and instance.',
      '正在触发的告警，最严重者在前：级别、内容、所在集群与实例。',
    ),
    keys: {
      severity: say('Severity', '级别'),
      alertname: say('Alert', '告警'),
      cls: say('Cluster', '集群'),
      ins: say('Instance', '实例'),
    },
    values: [
      {
        title: say('Fires', '触发'),
        expr: promql`max by (severity, alertname, cls, ins) (${select(alertsActive, firing)})`,
        unit: 'count',
        when: 'alert-firing',
        isHidden: true,
      },
    ],
    empty: say('no alert fires', '没有告警'),
    width: 16,
    height: 6,
  }),
  stat({
    title: say('Number of clusters', '集群数'),
    description: say('PostgreSQL clusters that are scraped.', '被采集的 PostgreSQL 集群数量。'),
    queries: [{ expr: promql`count(count by (cls) (${pgUp}))`, legend: say('clusters', '集群') }],
    unit: 'count',
    empty: say('nothing is scraped', '没有任何采集目标'),
    width: 4,
    height: 6,
  }),
];
