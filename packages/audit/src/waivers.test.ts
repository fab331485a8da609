import { describe, expect, it } from 'vitest';
import { findingOf } from './finding.fixture.ts';
import { applyWaivers, type Waiver } from './waivers.ts';

const at = '2026-11-21T20:33:30.000Z';
const waiver = (over: Partial<Waiver> = {}): Waiver => ({
  id: 'RISK-7',
  check: 'pg-tls-required',
  subject: 'pg-test-1',
  reason: 'legacy client until the migration',
  owner: 'dba',
  until: '2027-01-31',
  ...over,
});
const one = findingOf('pg-tls-required', 'pg-test-1', 'fail');
const two = findingOf('pg-tls-required', 'pg-test-2', 'fail');
const outcomes = (findings: readonly { readonly id: string; readonly outcome: string }[]) =>
  findings.map(({ id, outcome }) => `${id} ${outcome}`);

describe('applyWaivers', () => {
  it('marks the covered finding as excepted and keeps its raw outcome', () => {
    const [first, second] = applyWaivers([one, two], [waiver()], at, 'pg-test');
    expect(first).toMatchObject({ outcome: 'excepted', waived: { outcome: 'fail', waiver: 'RISK-7' } });
    expect(second).toBe(two);
  });

  it('covers every subject with *', () => {
    const findings = applyWaivers([one, two], [waiver({ subject: '*' })], at, 'pg-test');
    expect(outcomes(findings)).toEqual(['pg-tls-required/pg-test-1 excepted', 'pg-tls-required/pg-test-2 excepted']);
  });

  it.each(['pass', 'not_applicable', 'error'] as const)('never touches a finding that is %s', (outcome) => {
    const finding = findingOf('pg-tls-required', 'pg-test-1', outcome);
    expect(applyWaivers([finding], [waiver()], at, 'pg-test')[0]).toBe(finding);
  });

  it('excuses nothing once it expired, and says so', () => {
    const findings = applyWaivers([one], [waiver({ until: '2026-11-20' })], at, 'pg-test');
    expect(outcomes(findings)).toEqual(['pg-tls-required/pg-test-1 fail', 'waiver-expired/RISK-7 fail']);
    expect(findings[1]?.reason.en).toBe('exception RISK-7 (pg-tls-required @ pg-test-1) of dba ended 2026-11-20');
  });

  it.each([
    ['2026-11-21', 'excepted'],
    ['2026-11-21T20:33:30.000Z', 'excepted'],
    ['2026-11-21T20:33:29.999Z', 'fail'],
    ['some day', 'fail'],
  ])('until %s at the end of 21 November 20:33:30 gives %s', (until, outcome) => {
    expect(applyWaivers([one], [waiver({ until })], at, 'pg-test')[0]?.outcome).toBe(outcome);
  });

  it.each([
    ['the finding passes', [findingOf('pg-tls-required', 'pg-test-1', 'pass')], 'no failing finding'],
    ['there is no such check or subject', [findingOf('pg-other', 'pg-test-1', 'fail')], 'no check of any subject'],
  ])('reports an exception as unused when %s', (_, findings, words) => {
    const last = applyWaivers(findings, [waiver()], at, 'pg-test').at(-1);
    expect(last).toMatchObject({ id: 'waiver-unused/RISK-7', subject: 'pg-test', outcome: 'warn' });
    expect(last?.reason.en).toContain(words);
  });

  it('does not call an exception unused while its finding cannot be decided', () => {
    const findings = applyWaivers([findingOf('pg-tls-required', 'pg-test-1', 'error')], [waiver()], at, 'pg-test');
    expect(outcomes(findings)).toEqual(['pg-tls-required/pg-test-1 error']);
  });

  it('reports * as too broad when some subjects do not need it', () => {
    const spared = findingOf('pg-tls-required', 'pg-test-2', 'pass');
    const last = applyWaivers([one, spared], [waiver({ subject: '*' })], at, 'pg-test').at(-1);
    expect(last).toMatchObject({ id: 'waiver-too-broad/RISK-7', outcome: 'warn' });
    expect(last?.reason.en).toContain('only pg-test-1 needs it');
  });

  it('reports a date more than a year ahead as too broad', () => {
    const last = applyWaivers([one], [waiver({ until: '2036-01-01' })], at, 'pg-test').at(-1);
    expect(last?.reason.en).toContain('more than 366 days ahead');
  });
});
