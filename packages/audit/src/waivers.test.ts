import { describe, expect, it } from 'vitest';
import { findingOf } from './finding.fixture.ts';
import { applyWaivers, type Waiver } from './waivers.ts';

const at = '2026-11-21T20:33:30.000Z';
const filed = { path: 'evaluation.json', sha256: 'e'.repeat(64) };
const run = { at, cluster: 'pg-test', filed };
const waiver = (over: Partial<Waiver> = {}): Waiver => ({
  id: 'RISK-7',
  check: 'pg-tls-required',
  subject: 'pg-test-1',
  reason: 'legacy client until the migration',
  owner: 'dba',
  approval: 'CAB-118',
  until: '2027-01-31',
  ...over,
});
const one = findingOf('pg-tls-required', 'pg-test-1', 'fail');
const two = findingOf('pg-tls-required', 'pg-test-2', 'fail');
const outcomes = (findings: readonly { readonly id: string; readonly outcome: string }[]) =>
  findings.map(({ id, outcome }) => `${id} ${outcome}`);

describe('applyWaivers', () => {
  it('marks the covered finding as excepted and keeps its raw outcome', () => {
    const [first, second] = applyWaivers([one, two], [waiver()], run);
    expect(first).toMatchObject({ outcome: 'excepted', waived: { outcome: 'fail', waiver: 'RISK-7' } });
    expect(second).toBe(two);
  });

  it('covers every subject with *', () => {
    const findings = applyWaivers([one, two], [waiver({ subject: '*' })], run);
    expect(outcomes(findings)).toEqual(['pg-tls-required/pg-test-1 excepted', 'pg-tls-required/pg-test-2 excepted']);
  });

  it.each(['pass', 'not_applicable', 'error'] as const)('never touches a finding that is %s', (outcome) => {
    const finding = findingOf('pg-tls-required', 'pg-test-1', outcome);
    expect(applyWaivers([finding], [waiver()], run)[0]).toBe(finding);
  });

  it('excuses nothing once it expired, and says so', () => {
    const findings = applyWaivers([one], [waiver({ until: '2026-11-20' })], run);
    expect(outcomes(findings)).toEqual(['pg-tls-required/pg-test-1 fail', 'waiver-expired/RISK-7 fail']);
    expect(findings[1]?.reason.en).toBe('exception RISK-7 (pg-tls-required @ pg-test-1) of dba ended 2026-11-20');
  });

  it.each([
    ['2026-11-21', 'excepted'],
    ['2026-11-21T20:33:30.000Z', 'excepted'],
    ['2026-11-21T20:33:29.999Z', 'fail'],
    ['some day', 'fail'],
  ])('until %s at the end of 21 November 20:33:30 gives %s', (until, outcome) => {
    expect(applyWaivers([one], [waiver({ until })], run)[0]?.outcome).toBe(outcome);
  });

  it.each([
    ['the finding passes', [findingOf('pg-tls-required', 'pg-test-1', 'pass')], 'no failing finding'],
    ['there is no such check or subject', [findingOf('pg-other', 'pg-test-1', 'fail')], 'no check of any subject'],
  ])('reports an exception as unused when %s', (_, findings, words) => {
    const last = applyWaivers(findings, [waiver()], run).at(-1);
    expect(last).toMatchObject({ id: 'waiver-unused/RISK-7', subject: 'pg-test', outcome: 'warn' });
    expect(last?.reason.en).toContain(words);
  });

  it('does not call an exception unused while its finding cannot be decided', () => {
    const findings = applyWaivers([findingOf('pg-tls-required', 'pg-test-1', 'error')], [waiver()], run);
    expect(outcomes(findings)).toEqual(['pg-tls-required/pg-test-1 error']);
  });

  it('reports * as too broad when some subjects do not need it', () => {
    const spared = findingOf('pg-tls-required', 'pg-test-2', 'pass');
    const last = applyWaivers([one, spared], [waiver({ subject: '*' })], run).at(-1);
    expect(last).toMatchObject({ id: 'waiver-too-broad/RISK-7', outcome: 'warn' });
    expect(last?.reason.en).toContain('only pg-test-1 needs it');
  });

  it('reports a date more than a year ahead as too broad', () => {
    const last = applyWaivers([one], [waiver({ until: '2036-01-01' })], run).at(-1);
    expect(last?.reason.en).toContain('more than 366 days ahead');
  });

  it.each([
    ['pg-tls-*', 'pg-test-*', 'excepted'],
    ['*-required', '*', 'excepted'],
    ['pg-*-required', 'pg-test-1', 'excepted'],
    ['pg-*s*-required', 'pg-test-1', 'excepted'],
    ['pg-log-*', 'pg-test-1', 'fail'],
    ['pg-tls-required*d', 'pg-test-1', 'fail'],
    ['pg-tls-required', 'pg-prod-*', 'fail'],
    ['PG-TLS-*', 'pg-test-1', 'fail'],
  ])('check %s on subject %s makes it %s', (check, subject, outcome) => {
    expect(applyWaivers([one], [waiver({ check, subject })], run)[0]?.outcome).toBe(outcome);
  });

  it('reports a pattern of checks as too broad when some of them do not need it, and * always', () => {
    const spared = findingOf('pg-tls-enabled', 'pg-test-1', 'pass');
    const last = applyWaivers([one, spared], [waiver({ check: 'pg-tls-*' })], run).at(-1);
    expect(last).toMatchObject({ id: 'waiver-too-broad/RISK-7', outcome: 'warn' });
    expect(last?.reason.en).toContain('it names the checks pg-tls-* while only pg-tls-required needs it');
    expect(applyWaivers([one], [waiver({ check: '*' })], run).at(-1)?.id).toBe('waiver-too-broad/RISK-7');
  });

  it('does not look at an exception for another cluster, not even as unused', () => {
    expect(applyWaivers([one], [waiver({ cluster: 'pg-prod*' })], run)).toEqual([one]);
    expect(applyWaivers([one], [waiver({ cluster: 'pg-t*' })], run)[0]?.outcome).toBe('excepted');
  });

  it('reports an exception in force that names no approval', () => {
    const { approval: _, ...unapproved } = waiver();
    const findings = applyWaivers([one], [unapproved], run);
    expect(outcomes(findings)).toEqual(['pg-tls-required/pg-test-1 excepted', 'waiver-unapproved/RISK-7 warn']);
  });
});
