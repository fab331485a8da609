import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AttestationId } from './attestations/index.ts';
import type { CheckId } from './checks/index.ts';
import { findingOf } from './finding.fixture.ts';
import type { Finding, Outcome } from './finding.ts';
import type { Clause, ClauseOutcome, Framework } from './framework.ts';
import { rollup } from './rollup.ts';

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made-up ids: rollup only compares them
const check = (id: string) => id as CheckId;
const clause = (over: Partial<Clause> = {}): Clause => ({
  id: 'CC6.1',
  section: { en: 'Access', zh: '访问' },
  title: { en: 'Logical access', zh: '逻辑访问' },
  coverage: 'full',
  checks: [check('a'), check('b')],
  manual: [],
  ...over,
});
const roll = (over: Partial<Clause>, findings: readonly Finding[]) => {
  const framework = {
    id: 'soc2',
    title: { en: 'SOC 2', zh: 'SOC 2' },
    edition: '2017',
    headline: 'exceptions' as const,
    clauses: [clause(over)],
  };
  return rollup(framework, findings)[0];
};
const a = (outcome: Outcome) => findingOf('a', 'pg-test-1', outcome);
const b = (outcome: Outcome) => findingOf('b', 'pg-test-1', outcome);
const person = { en: 'Confirm the list', zh: '确认名单' };

describe('rollup', () => {
  it.each<[string, Partial<Clause>, readonly Finding[], ClauseOutcome]>([
    ['every check passes', {}, [a('pass'), b('pass')], 'met'],
    ['one passes and one does not apply', {}, [a('pass'), b('not_applicable')], 'met'],
    ['one fails, whatever else is unknown', {}, [a('fail'), b('error')], 'not_met'],
    ['one cannot be decided', {}, [a('pass'), b('error')], 'not_assessed'],
    ['one is stale', {}, [a('pass'), b('stale')], 'not_assessed'],
    ['one has too little history', {}, [a('pass'), b('insufficient_data')], 'not_assessed'],
    ['one waits for a person', {}, [a('pass'), b('manual')], 'not_assessed'],
    ['one has no finding at all', {}, [a('pass')], 'not_assessed'],
    ['one warns', {}, [a('pass'), b('warn')], 'met_in_part'],
    ['the checks cover a part', { coverage: 'partial' }, [a('pass'), b('pass')], 'met_in_part'],
    ['a manual item is open', { manual: [person] }, [a('pass'), b('pass')], 'met_in_part'],
    ['a failure is excepted', {}, [a('pass'), b('excepted')], 'accepted_risk'],
    ['one is excepted and one fails', {}, [a('fail'), b('excepted')], 'not_met'],
    ['nothing applies', {}, [a('not_applicable'), b('not_applicable')], 'not_applicable'],
    [
      'nothing applies but a person must look',
      { manual: [person] },
      [a('not_applicable'), b('not_applicable')],
      'not_assessed',
    ],
    ['no check exists', { coverage: 'none', checks: [] }, [], 'not_assessed'],
    ['only manual items exist', { coverage: 'none', checks: [], manual: [person] }, [], 'not_assessed'],
  ])('when %s', (_, over, findings, outcome) => {
    expect(roll(over, findings)?.outcome).toBe(outcome);
  });

  it('says which findings decided it, and keeps all of them', () => {
    const findings = [1, 2, 3, 4].map((seq) => findingOf('a', `pg-test-${seq}`, 'fail'));
    expect(roll({ checks: [check('a')] }, findings)).toMatchObject({
      framework: 'soc2',
      clause: 'CC6.1',
      reason: { en: '4 results fail: a/pg-test-1, a/pg-test-2, a/pg-test-3 (+1)' },
      findings: ['a/pg-test-1', 'a/pg-test-2', 'a/pg-test-3', 'a/pg-test-4'],
    });
  });

  it('says that no check exists yet', () => {
    expect(roll({ coverage: 'none', checks: [], manual: [person] }, [])?.reason.en).toBe(
      'no check covers it yet; 1 item needs a person',
    );
  });
});

const clauseRank: Readonly<Record<ClauseOutcome, number>> = {
  not_met: 0,
  not_assessed: 1,
  accepted_risk: 2,
  met_in_part: 3,
  met: 4,
  not_applicable: 4,
};
const outcomeRank = { fail: 0, error: 1, stale: 1, insufficient_data: 1, manual: 1, excepted: 2, warn: 3, pass: 4 };
const anyClause = fc.record({
  coverage: fc.constantFrom('full', 'partial', 'none'),
  manual: fc.constantFrom([], [person]),
});
const ranked = fc.constantFrom('fail', 'error', 'stale', 'insufficient_data', 'manual', 'excepted', 'warn', 'pass');
const anyOutcome = fc.oneof(ranked, fc.constant('not_applicable' as const));

describe('laws of rollup', () => {
  it('a worse finding never improves a clause', () => {
    fc.assert(
      fc.property(anyClause, fc.array(anyOutcome, { maxLength: 4 }), ranked, ranked, (over, rest, one, other) => {
        const [better, worse] = outcomeRank[one] >= outcomeRank[other] ? [one, other] : [other, one];
        const rank = (outcome: Outcome) => {
          const findings = [...rest.map((each, index) => findingOf('a', `pg-${index}`, each)), b(outcome)];
          const checks = rest.length === 0 ? [check('b')] : [check('a'), check('b')];
          return clauseRank[roll({ ...over, checks }, findings)?.outcome ?? 'not_met'];
        };
        expect(rank(worse)).toBeLessThanOrEqual(rank(better));
      }),
    );
  });

  it('an unknown never becomes met', () => {
    const unknown = fc.constantFrom<Outcome>('error', 'stale', 'insufficient_data', 'manual');
    fc.assert(
      fc.property(anyClause, fc.array(anyOutcome), unknown, (over, rest, outcome) => {
        const findings = [...rest.map((each, index) => findingOf('a', `pg-${index}`, each)), b(outcome)];
        expect(['not_met', 'not_assessed']).toContain(
          roll({ ...over, checks: [check('a'), check('b')] }, findings)?.outcome,
        );
      }),
    );
  });
});

const attested = (id: string, outcome: Outcome) => findingOf(id, 'pg-test', outcome);
const outcomeOf = (framework: Framework, findings: readonly Finding[]) => rollup(framework, findings)[0]?.outcome;

describe('a clause whose manual items attestations answer', () => {
  const text = { en: 'Attach it.', zh: '附上。' };
  const clauseOf = (checks: Clause['checks'], by: readonly (readonly AttestationId[])[]): Framework => ({
    id: 'f',
    title: text,
    edition: '1',
    headline: 'rates',
    clauses: [
      {
        id: 'a',
        section: text,
        title: text,
        coverage: checks.length === 0 ? 'none' : 'partial',
        checks,
        manual: by.map((ids) => ({ ...text, ...(ids.length === 0 ? {} : { by: ids }) })),
      },
    ],
  });
  const plan = 'attest-incident-plan';
  const records = 'attest-incident-records';
  const passing = findingOf('pg-tls-enabled', 'pg-test-1', 'pass');

  it.each<[string, Outcome, Outcome, string]>([
    ['both confirmed', 'pass', 'pass', 'met'],
    ['one missing', 'pass', 'manual', 'not_assessed'],
    ['one out of date', 'pass', 'stale', 'not_assessed'],
    ['one in part', 'pass', 'warn', 'met_in_part'],
    ['one said not to be met', 'pass', 'fail', 'not_met'],
    ['a failure beside a missing one', 'manual', 'fail', 'not_met'],
    ['a document nobody can read', 'pass', 'error', 'not_assessed'],
    ['neither applies', 'not_applicable', 'not_applicable', 'not_applicable'],
    ['an excused one', 'pass', 'excepted', 'accepted_risk'],
  ])('without checks, %s', (_, first, second, outcome) => {
    const framework = clauseOf([], [[plan, records]]);
    expect(outcomeOf(framework, [attested(plan, first), attested(records, second)])).toBe(outcome);
  });

  it.each<[string, Outcome, string]>([
    ['confirmed', 'pass', 'met'],
    ['missing', 'manual', 'met_in_part'],
    ['out of date', 'stale', 'met_in_part'],
    ['in part', 'warn', 'met_in_part'],
    ['said not to be met', 'fail', 'not_met'],
    ['unreadable', 'error', 'not_assessed'],
    ['said not to apply', 'not_applicable', 'met'],
  ])('with a check that passes, %s', (_, outcome, expected) => {
    const framework = clauseOf(['pg-tls-enabled'], [[plan]]);
    expect(outcomeOf(framework, [passing, attested(plan, outcome)])).toBe(expected);
  });

  it('is not met by attestations alone while another item is open, nor without any attestation', () => {
    expect(outcomeOf(clauseOf([], [[plan], []]), [attested(plan, 'pass')])).toBe('not_assessed');
    expect(outcomeOf(clauseOf([], [[plan]]), [])).toBe('not_assessed');
    expect(outcomeOf(clauseOf([], []), [])).toBe('not_assessed');
    expect(outcomeOf(clauseOf(['pg-tls-enabled'], [[plan], []]), [passing, attested(plan, 'pass')])).toBe(
      'met_in_part',
    );
  });

  it('names the attestations among the results it rests on', () => {
    const framework = clauseOf(['pg-tls-enabled'], [[plan]]);
    expect(rollup(framework, [passing, attested(plan, 'pass')])[0]?.findings).toEqual([
      'pg-tls-enabled/pg-test-1',
      'attest-incident-plan/pg-test',
    ]);
  });
});
