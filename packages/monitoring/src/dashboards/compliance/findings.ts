import { auditCheckOutcome, promql, select } from '@pgattest/catalog';
import { type Panel, table } from '../../grafana/panel.ts';
import { say } from '../../grafana/text.ts';
import { cluster } from '../scope.ts';

export const findingsRow: readonly Panel[] = [
  table({
    title: say('What needs attention', '需要关注的发现'),
    description: say(
      'Every finding that fails, warns or is undecided, and where. "pgattest audit explain <check>/<subject>" shows evidence and remedy.',
      '所有未通过、警告或无法判定的发现及其对象。运行 "pgattest audit explain <检查>/<对象>" 查看证据与整改方法。',
    ),
    keys: {
      severity: say('Severity', '级别'),
      outcome: say('Outcome', '结论'),
      check: say('Check', '检查'),
      subject: say('Subject', '对象'),
    },
    values: [
      {
        title: say('Present', '存在'),
        expr: promql`max by (severity, outcome, check, subject) (${select(auditCheckOutcome, { ...cluster, outcome: /fail|warn|error|stale|insufficient_data/ })}) == 1`,
        unit: 'count',
        isHidden: true,
        when: 'setting-changed-on-one-member',
      },
    ],
    empty: say('no finding fails, warns or is undecided', '没有未通过、警告或无法判定的发现'),
    width: 24,
    height: 9,
  }),
];
