import type { Outcome } from '../../finding.ts';
import type { ClauseOutcome } from '../../framework.ts';

/**
 * What one day says of a control, the worst first. `unknown`: a run was there and settled nothing. `no_run`: nobody looked,
 * which is neither good nor bad and never a pass.
 */
export const dayStates = ['fail', 'unknown', 'excepted', 'part', 'pass', 'not_applicable', 'no_run'] as const;
export type DayState = (typeof dayStates)[number];

const stateOfOutcome: Readonly<Record<Outcome, DayState>> = {
  fail: 'fail',
  error: 'unknown',
  stale: 'unknown',
  insufficient_data: 'unknown',
  manual: 'unknown',
  excepted: 'excepted',
  warn: 'part',
  pass: 'pass',
  not_applicable: 'not_applicable',
};

const stateOfClause: Readonly<Record<ClauseOutcome, DayState>> = {
  not_met: 'fail',
  not_assessed: 'unknown',
  accepted_risk: 'excepted',
  met_in_part: 'part',
  met: 'pass',
  not_applicable: 'not_applicable',
};

/** What a result says of its day. Of a run that does not verify only a failure counts: the rest is not shown by anything. */
export const dayStateOf = (outcome: Outcome, isVerified: boolean): DayState =>
  trusted(stateOfOutcome[outcome], isVerified);

/** The same for the judgement of a clause. */
export const dayStateOfClause = (outcome: ClauseOutcome, isVerified: boolean): DayState =>
  trusted(stateOfClause[outcome], isVerified);

const trusted = (state: DayState, isVerified: boolean): DayState =>
  isVerified || state === 'fail' ? state : 'unknown';

/** The state of several results, or of several runs of a day; `no_run` when there are none. */
export const worstState = (states: readonly DayState[]): DayState =>
  dayStates.find((state) => states.includes(state)) ?? 'no_run';

/** How many days each state has. */
export const countStates = (states: readonly DayState[]): Readonly<Record<DayState, number>> => {
  const count = (wanted: DayState): number => states.filter((state) => state === wanted).length;
  return {
    fail: count('fail'),
    unknown: count('unknown'),
    excepted: count('excepted'),
    part: count('part'),
    pass: count('pass'),
    not_applicable: count('not_applicable'),
    no_run: count('no_run'),
  };
};
