import { auditCheckOutcome, auditClauseOutcome, promql, select } from '@pgattest/catalog';
import { type Panel, table } from '../../grafana/panel.ts';
import { say } from '../../grafana/text.ts';
import { uids } from '../../grafana/uids.ts';
import { cluster } from '../scope.ts';

export const complianceRow: readonly Panel[] = [
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
    empty: say('no fresh verdict: not audited, or the last audit failed', '没有新结论：未审计，或上次审计失败'),
    width: 12,
  }),
  table({
    title: say('Failing checks by member', '未通过的检查与成员'),
    description: say(
      'What fails where. "pgattest audit explain <check>/<subject>" shows the evidence and the remedy.',
      '哪些检查在哪里未通过。运行 "pgattest audit explain <检查>/<对象>" 查看证据与整改方法。',
    ),
    keys: { severity: say('Severity', '级别'), check: say('Check', '检查'), subject: say('Subject', '对象') },
    values: [
      {
        title: say('Fails', '未通过'),
        expr: promql`max by (severity, check, subject) (${select(auditCheckOutcome, { ...cluster, outcome: 'fail' })}) == 1`,
        unit: 'count',
        isHidden: true,
        when: 'setting-changed-on-one-member',
      },
    ],
    empty: say('no check fails', '没有未通过的检查'),
    link: uids.compliance,
    width: 12,
  }),
];
