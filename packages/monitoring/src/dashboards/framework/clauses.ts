import { auditClauseOutcome, promql, select } from '@pgattest/catalog';
import { type Panel, matrix, stat } from '../../grafana/panel.ts';
import { say } from '../../grafana/text.ts';
import { clauseMatrix, clauseWords } from '../audit-words.ts';
import { noVerdict } from '../compliance/empty.ts';
import { cluster, orZero } from '../scope.ts';

const clauses = { ...cluster, framework: '$framework' } as const;
const witness = select(auditClauseOutcome, clauses);
const counted = (outcome: string) =>
  orZero(promql`count(${select(auditClauseOutcome, { ...clauses, outcome })})`, witness);

export const clausesRow: readonly Panel[] = [
  stat({
    title: say('Not met', '不符合'),
    description: say('Clauses of the framework for which a check fails on this cluster.', '本集群上有检查未通过的条款数。'),
    queries: [{ expr: counted('not_met'), legend: say('clauses', '条款') }],
    unit: 'count',
    thresholds: [
      {
        value: 1,
        colour: 'red',
        why: say('Red from 1: a non-conformity with evidence.', '从 1 起为红色：有证据的不符合。'),
      },
    ],
    empty: noVerdict,
    width: 6,
  }),
  stat({
    title: say('Met in part', '部分符合'),
    description: say(
      'Clauses without a failure of which a machine sees only a part, or some checks warn.',
      '没有不符合，但机器只能看到一部分或存在警告的条款数。',
    ),
    queries: [{ expr: counted('met_in_part'), legend: say('clauses', '条款') }],
    unit: 'count',
    empty: noVerdict,
    width: 6,
  }),
  stat({
    title: say('Met', '符合'),
    description: say('Clauses that the evidence settles without an open question.', '证据充分、无遗留问题的条款数。'),
    queries: [{ expr: counted('met'), legend: say('clauses', '条款') }],
    unit: 'count',
    empty: noVerdict,
    width: 6,
  }),
  stat({
    title: say('Not assessed', '未评估'),
    description: say(
      'Clauses nobody has decided: manual ones, and those whose evidence is missing. Not assessed is not met.',
      '尚无结论的条款：需人工评估或缺少证据。未评估不等于符合。',
    ),
    queries: [{ expr: counted('not_assessed'), legend: say('clauses', '条款') }],
    unit: 'count',
    empty: noVerdict,
    width: 6,
  }),
  matrix({
    title: say('Clause by cluster', '条款 × 集群'),
    description: say(
      'Outcome of each clause on each cluster. A row that differs between clusters is a clause that somebody solved already.',
      '每个条款在各集群的结论。行内不一致说明有集群已经解决了该条款。',
    ),
    expr: clauseMatrix('$framework'),
    rowLabel: 'clause',
    columnLabel: 'cls',
    unit: 'state',
    words: clauseWords,
    empty: noVerdict,
    width: 24,
    height: 16,
  }),
];
