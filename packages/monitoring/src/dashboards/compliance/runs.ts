import {
  auditEvidenceAgeSeconds,
  auditRunDurationSeconds,
  auditRunSuccess,
  auditSubjectReachable,
  not,
  promql,
  select,
} from '@pgattest/catalog';
import { type Panel, stateTimeline, timeseries } from '../../grafana/panel.ts';
import { same, say } from '../../grafana/text.ts';
import { uids } from '../../grafana/uids.ts';
import { cluster } from '../scope.ts';
import { noVerdict } from './empty.ts';

export const runsRow: readonly Panel[] = [
  stateTimeline({
    title: say('What the auditor reached', '审计到达的对象'),
    description: say(
      'Whether the last audit could talk to each member, and to all components of each other kind. While it cannot, their checks have no verdict.',
      '上次审计能否连接各成员以及其他各类组件的全部对象。连不上时其检查没有结论。',
    ),
    queries: [
      {
        expr: promql`max by (subject) (${select(auditSubjectReachable, { ...cluster, kind: 'instance' })})`,
        legend: same('{{subject}}'),
      },
      {
        expr: promql`min by (kind) (${select(auditSubjectReachable, { ...cluster, kind: not('instance') })})`,
        legend: same('{{kind}}'),
      },
      { expr: promql`max(${select(auditRunSuccess, cluster)})`, legend: say('the run itself', '审计本身') },
    ],
    unit: 'state',
    words: {
      0: { text: say('failed', '失败'), colour: 'red' },
      1: { text: say('reached', '成功'), colour: 'green' },
    },
    empty: noVerdict,
    link: uids.cluster,
    width: 12,
  }),
  timeseries({
    title: say('Audit duration', '审计耗时'),
    description: say(
      'Time an audit of this cluster takes. It runs with read-only sessions, bounded in number and time.',
      '审计该集群所需的时间。审计使用数量与时间受限的只读会话。',
    ),
    queries: [
      { expr: promql`max(${select(auditRunDurationSeconds, cluster)})`, legend: say('duration', '耗时') },
    ],
    empty: noVerdict,
    link: uids.exporters,
    width: 6,
  }),
  timeseries({
    title: say('Evidence age over time', '证据时长变化'),
    description: say(
      'A saw: it falls with every audit. A slope without teeth is an auditor that no longer runs.',
      '锯齿：每次审计后归零。没有齿的斜坡说明审计已停止运行。',
    ),
    queries: [{ expr: promql`max(${select(auditEvidenceAgeSeconds, cluster)})`, legend: say('age', '时长') }],
    empty: noVerdict,
    link: uids.exporters,
    width: 6,
  }),
];
