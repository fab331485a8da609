import { auditCheckOutcome, auditClauseOutcome, type Expr, promql, type Selector, select } from '@pgattest/catalog';
import type { ValueWords } from '../grafana/panel.ts';
import { say } from '../grafana/text.ts';
import { cluster } from './scope.ts';

/** Outcomes of a clause, the best first: their number in a matrix is their place. */
const clauseOutcomes = [
  ['met', say('met', '符合'), 'green'],
  ['met_in_part', say('met in part', '部分符合'), 'blue'],
  ['accepted_risk', say('accepted risk', '接受风险'), 'orange'],
  ['not_met', say('not met', '不符合'), 'red'],
  ['not_assessed', say('not assessed', '未评估'), 'grey'],
  ['not_applicable', say('not applicable', '不适用'), 'grey'],
] as const;

/** Outcomes of a check, in the same way. */
const checkOutcomes = [
  ['pass', say('pass', '通过'), 'green'],
  ['warn', say('warning', '警告'), 'orange'],
  ['excepted', say('excepted', '已豁免'), 'blue'],
  ['fail', say('fail', '未通过'), 'red'],
  ['error', say('undecided', '无法判定'), 'orange'],
  ['insufficient_data', say('insufficient data', '数据不足'), 'orange'],
  ['stale', say('stale', '证据过期'), 'orange'],
  ['not_applicable', say('not applicable', '不适用'), 'grey'],
  ['manual', say('manual', '需人工'), 'grey'],
] as const;

const wordsOf = (outcomes: typeof clauseOutcomes | typeof checkOutcomes): ValueWords =>
  Object.fromEntries(outcomes.map(([, text, colour], index) => [index, { text, colour }]));

export const clauseWords: ValueWords = wordsOf(clauseOutcomes);
export const checkWords: ValueWords = wordsOf(checkOutcomes);

const union = (parts: readonly Expr[]): Expr =>
  parts.reduce((all, part) => promql`${all} or ${part}`);

/** Union of one selector an outcome, each times the place of its outcome. */
const numbered = (outcomes: readonly (readonly [string, ...unknown[]])[], of: (outcome: string) => Selector): Expr =>
  union(outcomes.map(([outcome], index) => promql`${index} * ${of(outcome)}`));

/** Outcome of each clause of the framework, as its number: a row a clause, a column a cluster. */
export const clauseMatrix = (framework: string): Expr =>
  promql`max by (clause, cls) (${numbered(clauseOutcomes, (outcome) => select(auditClauseOutcome, { framework, outcome }))})`;

/** Outcome of each check on each subject of the cluster, as its number. */
export const checkMatrix = (): Expr =>
  promql`max by (check, subject) (${numbered(checkOutcomes, (outcome) => select(auditCheckOutcome, { ...cluster, outcome }))})`;
