import type { Severity } from '../check.ts';
import type { Outcome } from '../finding.ts';
import type { ClauseOutcome } from '../framework.ts';

/** From the state that needs attention first to the one that needs none; the roll-up of clauses uses the same order. */
export const outcomesWorstFirst = [
  'fail',
  'error',
  'stale',
  'insufficient_data',
  'manual',
  'excepted',
  'warn',
  'pass',
  'not_applicable',
] as const satisfies readonly Outcome[];

export const severitiesWorstFirst = [
  'critical',
  'high',
  'medium',
  'low',
  'info',
] as const satisfies readonly Severity[];

export const clauseOutcomes = [
  'not_met',
  'accepted_risk',
  'met_in_part',
  'met',
  'not_assessed',
  'not_applicable',
] as const satisfies readonly ClauseOutcome[];

export const outcomeRank = (outcome: Outcome): number => outcomesWorstFirst.indexOf(outcome);

export const severityRank = (severity: Severity): number => severitiesWorstFirst.indexOf(severity);

/** The state of several results taken together; undefined when there are none. */
export const worstOutcome = (outcomes: readonly Outcome[]): Outcome | undefined =>
  outcomes.reduce<Outcome | undefined>(
    (worst, outcome) => (worst === undefined || outcomeRank(outcome) < outcomeRank(worst) ? outcome : worst),
    undefined,
  );

/** How often each key occurs; every key is present. */
export function countBy<Key extends string>(
  keys: readonly Key[],
  values: readonly Key[],
): Readonly<Record<Key, number>> {
  const counts = Object.fromEntries(keys.map((key) => [key, values.filter((value) => value === key).length]));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fromEntries forgets that every key is there
  return counts as Record<Key, number>;
}

/** Order of identifiers, the same in every locale. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
