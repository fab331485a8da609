import { describe, expect, test } from 'vitest';
import type { Finding, Outcome } from '../finding.ts';
import { findingOf } from '../finding.fixture.ts';
import type { Framework } from '../framework.ts';
import { rollup } from '../rollup.ts';
import { observed, snapshotOf, unavailable } from '../snapshot.fixture.ts';
import { buildReport } from './build.ts';
import type { ReportInput } from './input.ts';
import { percentOf } from './format.ts';

const scheme: Framework = {
  id: 'scheme',
  title: { en: 'Scheme', zh: '等级保护' },
  edition: '1',
  headline: 'rates',
  clauses: [
    clause('a', ['pg-tls-enabled'], 'full', 0),
    clause('b', ['pg-hba-no-trust', 'pg-idle-timeout'], 'partial', 1),
    clause('c', [], 'none', 1),
  ],
  highRisk: [
    {
      key: '6.1',
      title: { en: 'Clear text', zh: '明文' },
      triggers: ['pg-tls-enabled'],
      mitigation: { en: 'Limited addresses', zh: '限制地址' },
      mitigatedBy: ['pg-hba-no-trust', 'pg-hba-not-broad'],
    },
    {
      key: '6.2',
      title: { en: 'No plan', zh: '无预案' },
      triggers: [],
      mitigation: { en: 'None', zh: '无' },
      mitigatedBy: [],
    },
  ],
};

function clause(
  id: string,
  checks: Framework['clauses'][number]['checks'],
  coverage: 'full' | 'partial' | 'none',
  manual: number,
) {
  const highRisk = id === 'a' ? { highRisk: ['6.1'] } : id === 'c' ? { highRisk: ['6.2'] } : {};
  return {
    id,
    section: { en: 'S', zh: '节' },
    title: { en: id, zh: id },
    coverage,
    checks,
    manual: manual === 0 ? [] : [{ en: 'Ask.', zh: '访谈。' }],
    ...highRisk,
  };
}

const rule = (id: string) => ({
  id,
  catalogue: [],
  title: { en: id, zh: id },
  severity: 'high' as const,
  rationale: { en: 'w', zh: 'w' },
  remediation: { en: 'r', zh: 'r' },
  fix: [],
  params: { floor: 1 },
});

const snapshot = snapshotOf(['pg-test-1', 'pg-test-2'], [observed('pg.server', 'pg-test-1', { inRecovery: false })]);

function input(findings: readonly Finding[], over: Partial<ReportInput> = {}): ReportInput {
  return {
    snapshot,
    manifest: { ...snapshot, files: [], digest: '0'.repeat(64) },
    findings,
    clauseResults: rollup(scheme, findings),
    checks: ['pg-tls-enabled', 'pg-hba-no-trust', 'pg-idle-timeout', 'waiver-expired'].map(rule),
    frameworks: [scheme],
    probes: [],
    waivers: [],
    header: {},
    ...over,
  };
}

const findings = (tls: Outcome, trust: Outcome, idle: Outcome): readonly Finding[] => [
  findingOf('pg-tls-enabled', 'pg-test-1', tls),
  findingOf('pg-tls-enabled', 'pg-test-2', 'pass'),
  findingOf('pg-hba-no-trust', 'pg-test-1', trust),
  findingOf('pg-hba-no-trust', 'pg-test-2', 'pass'),
  findingOf('pg-idle-timeout', 'pg-test-1', idle),
];
const reportOf = (...outcomes: Parameters<typeof findings>) => buildReport(input(findings(...outcomes)));
const schemeOf = (...outcomes: Parameters<typeof findings>) => {
  const [framework] = reportOf(...outcomes).frameworks;
  if (framework === undefined) throw new Error('no framework');
  return framework;
};

describe('the three numbers', () => {
  test('conformity counts passes of what applies, coverage judged clauses, confidence those no person is needed for', () => {
    const { conformity, coverage, confidence } = schemeOf('pass', 'warn', 'not_applicable');
    expect({ conformity, coverage, confidence }).toEqual({
      conformity: { part: 3, whole: 4 },
      coverage: { part: 2, whole: 3 },
      confidence: { part: 1, whole: 2 },
    });
  });

  test('a failure settles a clause by evidence alone, whatever a person would add', () => {
    expect(schemeOf('pass', 'fail', 'pass').confidence).toEqual({ part: 2, whole: 2 });
  });

  test('without any judgement there is no basis, not zero per cent', () => {
    const { coverage, confidence } = schemeOf('error', 'error', 'error');
    expect([percentOf(coverage), percentOf(confidence)]).toEqual([0, undefined]);
  });

  test.each(['pass', 'warn', 'fail', 'excepted', 'not_applicable'] as const)(
    'a %s that can no longer be decided never raises conformity or coverage',
    (before) => {
      for (const position of [0, 1, 2]) {
        const at = (outcome: Outcome) =>
          schemeOf(
            position === 0 ? outcome : 'pass',
            position === 1 ? outcome : 'warn',
            position === 2 ? outcome : 'pass',
          );
        const decided = at(before);
        const lost = at('error');
        for (const number of ['conformity', 'coverage'] as const) {
          expect(percentOf(lost[number]) ?? 0).toBeLessThanOrEqual(percentOf(decided[number]) ?? 0);
        }
      }
    },
  );
});

/** State of case 6.1 when TLS is so on the first instance. */
const stateOf = (tls: Outcome, over: Partial<Finding> = {}) => {
  const judged = findings(tls, 'pass', 'pass').map((finding, index) =>
    index === 0 ? { ...finding, ...over } : finding,
  );
  return buildReport(input(judged)).highRisk.find(({ key }) => key === '6.1')?.state;
};

describe('high-risk cases', () => {
  test.each([
    ['fail', 'triggered'],
    ['error', 'undecided'],
    ['pass', 'not_triggered'],
    ['warn', 'not_triggered'],
  ] as const)('a trigger that is %s leaves the case %s', (outcome, state) => {
    expect(stateOf(outcome)).toBe(state);
  });

  test('an accepted failure stays visible as accepted', () => {
    expect(stateOf('excepted', { waived: { outcome: 'fail', waiver: 'R-1' } })).toBe('accepted');
  });

  test('a case without a check says so, and a trigger without any result is undecided', () => {
    const { highRisk } = buildReport(input([findingOf('pg-idle-timeout', 'pg-test-1', 'pass')]));
    expect(highRisk.map(({ key, state }) => [key, state])).toEqual([
      ['6.1', 'undecided'],
      ['6.2', 'no_check'],
    ]);
  });

  test('mitigations carry the present state of their checks, unknown when they have no result', () => {
    const [first] = reportOf('fail', 'warn', 'pass').highRisk;
    expect(first?.mitigatedBy).toEqual([{ check: 'pg-hba-no-trust', outcome: 'warn' }, { check: 'pg-hba-not-broad' }]);
  });
});

describe('scope', () => {
  test('tells declared, silent and undeclared members apart', () => {
    const seen = snapshotOf(
      ['pg-test-1', 'pg-test-2'],
      [
        observed('pg.server', 'pg-test-1', { inRecovery: false, version: '18.4', systemIdentifier: '7' }),
        observed('pg.replication', 'pg-test-1', [
          {
            applicationName: 'stranger',
            clientAddress: '10.0.0.9',
            state: 'streaming',
            syncState: 'async',
            logical: false,
          },
          { applicationName: 'copy', clientAddress: '10.0.0.9', state: 'backup', syncState: 'async', logical: false },
        ]),
        unavailable('pg.server', 'pg-test-2', 'unreachable', 'connection refused'),
      ],
    );
    const { scope, method } = buildReport(input([], { snapshot: seen }));
    expect(scope.subjects.map(({ id, role }) => [id, role])).toEqual([
      ['pg-test', undefined],
      ['pg-test-1', 'primary'],
      ['pg-test-2', undefined],
    ]);
    expect(scope.streams).toEqual([
      { from: 'pg-test-1', to: 'stranger', declared: false, address: '10.0.0.9', state: 'streaming', sync: 'async' },
    ]);
    expect(scope.reconciliation).toMatchObject({ silent: ['pg-test-2'], undeclared: [{ name: 'stranger' }] });
    expect(method.limits.map(({ subject, code }) => [subject, code])).toEqual([['pg-test-2', 'unreachable']]);
  });

  test('evidence of another shape leaves role and version unknown', () => {
    const odd = snapshotOf(
      ['pg-test-1'],
      [observed('pg.server', 'pg-test-1', ['old']), observed('pg.replication', 'pg-test-1', [])],
    );
    expect(buildReport(input([], { snapshot: odd })).scope.subjects[1]).toEqual({
      id: 'pg-test-1',
      kind: 'instance',
      connect: 'host=pg-test-1',
      observations: { ok: 2, unavailable: 0 },
    });
  });
});

test('a parameter that differs from the default is named once with both values', () => {
  const judged = findings('pass', 'pass', 'pass').map((finding) => ({ ...finding, params: { floor: 2, given: true } }));
  expect(buildReport(input(judged)).method.overrides).toEqual([
    { check: 'pg-tls-enabled', parameter: 'floor', value: '2', usual: '1' },
    { check: 'pg-hba-no-trust', parameter: 'floor', value: '2', usual: '1' },
    { check: 'pg-idle-timeout', parameter: 'floor', value: '2', usual: '1' },
  ]);
});

test('the register of exceptions says which are in force, expired or unused', () => {
  const waiver = { check: 'pg-idle-timeout', subject: '*', reason: 'x', owner: 'y', until: '2027-01-01' };
  const judged = [
    findingOf('pg-idle-timeout', 'pg-test-1', 'excepted', { waived: { outcome: 'warn', waiver: 'A' } }),
    findingOf('waiver-expired', 'pg-test', 'fail', { id: 'waiver-expired/B' }),
  ];
  const { waivers } = buildReport(
    input(judged, {
      waivers: ['A', 'B', 'C'].map((id) => ({ id, ...waiver })),
    }),
  );
  expect(waivers.map(({ id, state }) => [id, state])).toEqual([
    ['A', 'in_force'],
    ['B', 'expired'],
    ['C', 'unused'],
  ]);
});

test('changes say since when a failure is known, and that it came back', () => {
  const firstSeen = '2026-11-01T00:00:00.000Z';
  const returned = 'pg-tls-enabled/pg-test-1';
  const remaining = 'pg-hba-no-trust/pg-test-1';
  const previous = {
    runId: 'before',
    findings: [
      { id: returned, outcome: 'pass' as const, firstSeen, changedAt: firstSeen },
      { id: remaining, outcome: 'fail' as const, firstSeen, changedAt: firstSeen, openSince: firstSeen },
    ],
  };
  const { changes } = buildReport(input(findings('fail', 'fail', 'pass'), { previous }));
  expect(changes).toMatchObject({ appeared: [returned], remaining: [remaining], reopened: [returned] });
  expect(changes?.firstSeen).toEqual({ [returned]: firstSeen, [remaining]: firstSeen });
});

test('changes tell new, resolved, lost and remaining findings apart', () => {
  const previous = {
    runId: 'before',
    findings: [
      { id: 'pg-tls-enabled/pg-test-1', outcome: 'pass' as const },
      { id: 'pg-tls-enabled/pg-test-2', outcome: 'fail' as const },
      { id: 'pg-hba-no-trust/pg-test-1', outcome: 'warn' as const },
      { id: 'pg-idle-timeout/pg-test-1', outcome: 'pass' as const },
    ],
  };
  expect(buildReport(input(findings('fail', 'fail', 'error'), { previous })).changes).toEqual({
    previousRunId: 'before',
    appeared: ['pg-tls-enabled/pg-test-1'],
    resolved: ['pg-tls-enabled/pg-test-2'],
    lost: ['pg-idle-timeout/pg-test-1'],
    remaining: ['pg-hba-no-trust/pg-test-1'],
  });
});

test('a finding of an unknown check and a clause without a result are refused', () => {
  expect(() => buildReport(input([findingOf('pg-unknown', 'pg-test-1', 'pass')]))).toThrow(/pg-unknown/u);
  expect(() => buildReport(input([], { clauseResults: [] }))).toThrow(/clause a of scheme has no result/u);
});
