import type { Finding, Outcome } from '../../finding.ts';
import type { ClauseOutcome, Framework } from '../../framework.ts';
import { rollup } from '../../rollup.ts';
import { dayStateOf, dayStateOfClause, worstState, type DayState } from './day-state.ts';
import { dayOf } from './days.ts';
import { splitFindingId } from './waivers-in-period.ts';

/** What one run says, as far as a calendar needs it. */
export interface JudgedRun {
  readonly at: string;
  readonly isVerified: boolean;
  /** Finding id -> outcome, as recorded. */
  readonly outcomes: Readonly<Record<string, Outcome>>;
  /** Check id -> parameters that applied. */
  readonly params: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Days of every check that gave a result in the period, by check id; a run without a result of it leaves the day unknown. */
export function controlDays(
  days: readonly string[],
  runs: readonly JudgedRun[],
): ReadonlyMap<string, readonly DayState[]> {
  const states = runs.map(statesByCheck);
  const checks = new Set(states.flatMap((byCheck) => [...byCheck.keys()]));
  const indices = runsByDay(days, runs);
  return new Map(
    [...checks].map((check) => [
      check,
      indices.map((own) => worstState(own.map((index) => states[index]?.get(check) ?? 'unknown'))),
    ]),
  );
}

/** Days of every clause of a framework, in its order: judged by its present wording from the results as recorded. */
export function clauseDays(
  days: readonly string[],
  runs: readonly JudgedRun[],
  framework: Framework,
): readonly (readonly DayState[])[] {
  const judged: (readonly ClauseOutcome[])[] = [];
  for (const [index, run] of runs.entries()) {
    const before = runs[index - 1];
    // Most runs change nothing: what was judged for the run before holds.
    const isSame = before?.outcomes === run.outcomes && JSON.stringify(before.params) === JSON.stringify(run.params);
    const same = isSame ? judged[index - 1] : undefined;
    judged.push(same ?? rollup(framework, findingsOf(run)).map(({ outcome }) => outcome));
  }
  const indices = runsByDay(days, runs);
  return framework.clauses.map((_, clause) =>
    indices.map((own) =>
      worstState(
        own.map((index) => {
          const outcome = judged[index]?.[clause];
          return outcome === undefined ? 'unknown' : dayStateOfClause(outcome, runs[index]?.isVerified === true);
        }),
      ),
    ),
  );
}

/** For each day the positions of its runs. */
const runsByDay = (days: readonly string[], runs: readonly JudgedRun[]): readonly (readonly number[])[] => {
  const byDay = new Map<string, number[]>();
  for (const [index, { at }] of runs.entries()) byDay.set(dayOf(at), [...(byDay.get(dayOf(at)) ?? []), index]);
  return days.map((day) => byDay.get(day) ?? []);
};

function statesByCheck({ outcomes, isVerified }: JudgedRun): ReadonlyMap<string, DayState> {
  const byCheck = new Map<string, DayState>();
  for (const [id, outcome] of Object.entries(outcomes)) {
    const { check } = splitFindingId(id);
    const state = dayStateOf(outcome, isVerified);
    const known = byCheck.get(check);
    byCheck.set(check, known === undefined ? state : worstState([known, state]));
  }
  return byCheck;
}

/** Results as the roll-up of clauses takes them; the record has their outcomes, their texts stay in the evidence. */
const findingsOf = ({ outcomes, params, at }: JudgedRun): readonly Finding[] =>
  Object.entries(outcomes).map(([id, outcome]): Finding => {
    const { check, subject } = splitFindingId(id);
    const nothing = { en: '', zh: '' };
    return {
      id,
      check,
      subject,
      severity: 'info',
      outcome,
      reason: nothing,
      evidence: [],
      params: params[check] ?? {},
      at,
    };
  });
