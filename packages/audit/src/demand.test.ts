import { describe, expect, it } from 'vitest';
import { findingOf } from './finding.fixture.ts';
import type { Finding, Outcome } from './finding.ts';
import type { Clause, Demand } from './framework.ts';
import { rollup } from './rollup.ts';

const half: Demand = { check: 'pg-log-rotation-keeps', param: 'minimumDays', atLeast: 180 };
const clause = (requires: readonly Demand[]): Clause => ({
  id: '8.1.4.3 c)',
  section: { en: 'Audit', zh: '审计' },
  title: { en: 'Records are kept', zh: '记录留存' },
  coverage: 'full',
  checks: ['pg-log-rotation-keeps', 'pg-log-file-mode'],
  requires,
  manual: [],
});
const kept = (minimumDays: unknown, outcome: Outcome = 'pass'): Finding => ({
  ...findingOf('pg-log-rotation-keeps', 'pg-test-1', outcome),
  params: { minimumDays },
});
const other = findingOf('pg-log-file-mode', 'pg-test-1', 'pass');
const roll = (findings: readonly Finding[], requires: readonly Demand[] = [half]) =>
  rollup(
    {
      id: 'f',
      title: { en: 'F', zh: 'F' },
      edition: '1',
      headline: 'rates',
      clauses: [clause(requires)],
    },
    findings,
  )[0];

describe('a clause that demands a parameter', () => {
  it.each<[string, Finding, string]>([
    ['as strict as demanded', kept(180), 'met'],
    ['stricter', kept(400), 'met'],
    ['looser, though the check passes', kept(7), 'not_met'],
    ['looser, and the check cannot decide', kept(7, 'error'), 'not_met'],
    ['looser, and excepted', kept(7, 'excepted'), 'not_met'],
    ['no number', kept('long'), 'not_met'],
    ['missing', kept(undefined), 'not_met'],
    ['strict enough, and the check cannot decide', kept(180, 'error'), 'not_assessed'],
    ['looser where the check does not apply', kept(7, 'not_applicable'), 'met'],
  ])('is decided by a parameter that is %s', (_, finding, outcome) => {
    expect(roll([finding, other])?.outcome).toBe(outcome);
  });

  it('names the parameter, its value and the bound in both languages', () => {
    expect(roll([kept(7), other])?.reason).toEqual({
      en: 'configuration not valid for this requirement: minimumDays of pg-log-rotation-keeps is 7, the clause needs at least 180',
      zh: '配置不满足本条款：pg-log-rotation-keeps 的参数 minimumDays 为 7，条款要求不小于 180',
    });
  });

  it('says so beside what fails, and knows an upper bound', () => {
    const reason = roll([kept(500, 'fail'), other], [{ ...half, atMost: 365 }])?.reason.en;
    expect(reason).toBe(
      '1 result fails: pg-log-rotation-keeps/pg-test-1; configuration not valid for this requirement: minimumDays of pg-log-rotation-keeps is 500, the clause needs at least 180 and at most 365',
    );
  });
});
