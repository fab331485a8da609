import { expect, test } from 'vitest';
import { outcomesWorstFirst } from '../../report/outcomes.ts';
import { dayStateOf, worstState } from './day-state.ts';

test('only a pass is a pass, and of a run that does not verify only a failure counts', () => {
  expect(outcomesWorstFirst.map((outcome) => [outcome, dayStateOf(outcome, true), dayStateOf(outcome, false)])).toEqual(
    [
      ['fail', 'fail', 'fail'],
      ['error', 'unknown', 'unknown'],
      ['stale', 'unknown', 'unknown'],
      ['insufficient_data', 'unknown', 'unknown'],
      ['manual', 'unknown', 'unknown'],
      ['excepted', 'excepted', 'unknown'],
      ['warn', 'part', 'unknown'],
      ['pass', 'pass', 'unknown'],
      ['not_applicable', 'not_applicable', 'unknown'],
    ],
  );
});

test.each([
  [[], 'no_run'],
  [['pass', 'not_applicable'], 'pass'],
  [['pass', 'unknown'], 'unknown'],
  [['unknown', 'fail', 'pass'], 'fail'],
  [['part', 'excepted'], 'excepted'],
] as const)('%j together are %s', (states, worst) => {
  expect(worstState(states)).toBe(worst);
});
