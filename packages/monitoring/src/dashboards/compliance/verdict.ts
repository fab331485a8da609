import {
  auditClauseOutcome,
  auditEvidenceAgeSeconds,
  auditFindings,
  auditSubjectReachable,
  promql,
  select,
} from '@pgattest/catalog';
import { type Panel, stat, table } from '../../grafana/panel.ts';
import { say } from '../../grafana/text.ts';
import { uids } from '../../grafana/uids.ts';
import { cluster } from '../scope.ts';
import { noVerdict } from './empty.ts';

export const verdictRow: readonly Panel[] = [
  stat({
    title: say('Failing checks', '未通过的检查'),
    description: say('Findings of the last audit that fail and are not waived.', '上次审计中未通过且未豁免的检查。'),
    queries: [
      { expr: promql`sum(${select(auditFindings, { ...cluster, outcome: 'fail' })})`, legend: say('fail', '未通过') },
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
    width: 4,
  }),
  stat({
    title: say('Warnings', '警告'),
    description: say('Findings of the last audit that are not as good as they could be.', '上次审计中有改进空间的发现。'),
    queries: [
      { expr: promql`sum(${select(auditFindings, { ...cluster, outcome: 'warn' })})`, legend: say('warn', '警告') },
    ],
    unit: 'count',
    thresholds: [
      { value: 1, colour: 'orange', why: say('Orange from 1.', '从 1 起为橙色。') },
    ],
    empty: noVerdict,
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
    link: uids.exporters,
    width: 4,
  }),
  stat({
    title: say('Waived', '已豁免'),
    description: say(
      'Findings that would fail and that somebody has accepted, with a name and an end.',
      '本应未通过但已由责任人在限期内接受的发现。',
    ),
    queries: [
      {
        expr: promql`sum(${select(auditFindings, { ...cluster, outcome: 'excepted' })})`,
        legend: say('waived', '豁免'),
      },
    ],
    unit: 'count',
    empty: noVerdict,
    width: 4,
  }),
  stat({
    title: say('Age of the evidence', '证据时长'),
    description: say('Time since the evidence of the newest audit was collected.', '距最近一次审计取证的时间。'),
    queries: [{ expr: promql`max(${select(auditEvidenceAgeSeconds, cluster)})`, legend: say('age', '时长') }],
    thresholds: [
      {
        value: 'evidenceAge',
        colour: 'red',
        why: say('Red from {value}, where AuditEvidenceStale fires.', '从 {value} 起为红色，即 AuditEvidenceStale 的阈值。'),
      },
    ],
    empty: noVerdict,
    width: 4,
  }),
  stat({
    title: say('Members audited', '已审计成员'),
    description: say(
      'Members whose evidence could be collected, of those declared. Equal numbers are right.',
      '成功取证的成员数与声明的成员数。两数相等才正确。',
    ),
    queries: [
      { expr: promql`sum(${select(auditSubjectReachable, { ...cluster, kind: 'instance' })})`, legend: say('reached', '到达') },
      { expr: promql`count(${select(auditSubjectReachable, { ...cluster, kind: 'instance' })})`, legend: say('declared', '声明') },
    ],
    unit: 'count',
    empty: noVerdict,
    link: uids.cluster,
    width: 4,
  }),
  table({
    title: say('Clauses by outcome', '条款结论统计'),
    description: say(
      'Clauses of each framework by the outcome of the last audit. Click a framework for its clauses.',
      '各标准的条款按上次审计结论的统计。点击标准查看条款。',
    ),
    keys: { framework: say('Framework', '标准'), outcome: say('Outcome', '结论') },
    values: [
      {
        title: say('Clauses', '条款数'),
        expr: promql`count by (framework, outcome) (${select(auditClauseOutcome, cluster)} == 1)`,
        unit: 'count',
      },
    ],
    empty: noVerdict,
    width: 12,
    height: 7,
  }),
  table({
    title: say('Findings by severity', '各级别发现'),
    description: say(
      'Findings of the last audit by severity and outcome, those that pass included.',
      '上次审计的发现按级别与结论统计，包含通过项。',
    ),
    keys: { severity: say('Severity', '级别'), outcome: say('Outcome', '结论') },
    values: [
      {
        title: say('Findings', '发现数'),
        expr: promql`sum by (severity, outcome) (${select(auditFindings, cluster)}) > 0`,
        unit: 'count',
      },
    ],
    empty: noVerdict,
    width: 12,
    height: 7,
  }),
];
