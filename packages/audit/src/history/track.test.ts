import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../finding.ts';
import { advance, changesSince, driftOf, outcomesOf, type TrackedFindings } from './track.ts';

const day = (number: number): string => `2026-11-${String(number).padStart(2, '0')}T00:00:00.000Z`;
const id = 'pg-tls-required/pg-test-1';

/** What is known after one run a day with these outcomes; undefined means that the run has no such finding. */
function after(...outcomes: readonly (Outcome | undefined)[]): TrackedFindings {
  return outcomes.reduce<TrackedFindings>((known, outcome, index) => {
    const findings = outcome === undefined ? [] : [{ id, outcome }];
    return advance(known, day(index + 1), changesSince(known, findings));
  }, new Map());
}

describe('what the runs say about a finding', () => {
  it.each<[string, readonly (Outcome | undefined)[], Outcome, string]>([
    ['fails for the first time', ['pass'], 'fail', 'new'],
    ['fails in the first run', [], 'fail', 'new'],
    ['fails still', ['fail', 'fail'], 'fail', 'unchanged'],
    ['warns where it failed', ['fail'], 'warn', 'unchanged'],
    ['is excused where it failed', ['fail'], 'excepted', 'unchanged'],
    ['passes again', ['fail'], 'pass', 'closed'],
    ['does not apply any more', ['fail'], 'not_applicable', 'closed'],
    ['fails after it was closed', ['fail', 'pass'], 'fail', 'reopened'],
    ['cannot be decided while it is open', ['fail'], 'error', 'unknown'],
    ['fails after a run that could not decide it', ['fail', 'error'], 'fail', 'unchanged'],
    ['fails after its member was away', ['fail', undefined], 'fail', 'unchanged'],
    ['passes after a run that could not decide it', ['fail', 'error'], 'pass', 'closed'],
    ['passes as before', ['pass'], 'pass', 'none'],
    ['fails where nobody could look before', ['error'], 'fail', 'new'],
  ])('%s', (_, before, outcome, drift) => {
    expect(driftOf(outcome, after(...before).get(id))).toBe(drift);
  });

  it('first seen stays the first time, the change is the last one, and each return counts', () => {
    expect(after('pass', 'fail', 'fail', 'pass', 'fail').get(id)).toEqual({
      outcome: 'fail',
      changedAt: day(5),
      firstSeen: day(2),
      openSince: day(5),
      reopened: 1,
    });
    expect(after('fail', 'pass').get(id)).toEqual({ outcome: 'pass', changedAt: day(2), firstSeen: day(1) });
  });

  it('a run of 4,000 findings of which one changed names that one', () => {
    const findings = Array.from({ length: 4000 }, (__, index) => ({ id: `c-${index}`, outcome: 'pass' as Outcome }));
    const known = advance(new Map(), day(1), changesSince(new Map(), findings));
    expect(changesSince(known, [...findings.slice(1), { id: 'c-0', outcome: 'fail' }])).toEqual({ 'c-0': 'fail' });
  });

  it('changes applied to what was known give what was found, whatever came before', () => {
    const outcome = fc.constantFrom<Outcome>('pass', 'fail', 'warn', 'error', 'excepted', 'not_applicable');
    const run = fc.dictionary(fc.constantFrom('a/1', 'a/2', 'b/1', 'b/2'), outcome);
    fc.assert(
      fc.property(fc.array(run, { minLength: 1, maxLength: 12 }), (runs) => {
        let known: TrackedFindings = new Map();
        runs.forEach((outcomes, index) => {
          const findings = Object.entries(outcomes).map(([finding, value]) => ({ id: finding, outcome: value }));
          known = advance(known, day(index + 1), changesSince(known, findings));
          expect(outcomesOf(known)).toEqual({ ...outcomes });
        });
      }),
    );
  });
});
