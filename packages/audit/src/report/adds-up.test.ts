import { expect, test } from 'vitest';
import { findingOf } from '../finding.fixture.ts';
import type { Framework } from '../framework.ts';
import { rollup } from '../rollup.ts';
import { snapshotOf } from '../snapshot.fixture.ts';
import { assertReportAddsUp } from './adds-up.ts';
import { buildReport } from './build.ts';
import type { Report } from './model.ts';

const scheme: Framework = {
  id: 'scheme',
  title: { en: 'Scheme', zh: '等级保护' },
  edition: '1',
  headline: 'rates',
  clauses: [
    {
      id: 'a',
      section: { en: 'S', zh: '节' },
      title: { en: 'a', zh: 'a' },
      coverage: 'full',
      checks: ['pg-tls-enabled'],
      manual: [],
    },
  ],
};
const snapshot = snapshotOf(['pg-test-1'], []);
const file = { path: 'pg.settings/pg-test-1.json', sha256: 'a'.repeat(64), sizeBytes: 1 };
const findings = [
  findingOf('pg-tls-enabled', 'pg-test-1', 'fail', {
    evidence: [
      {
        fact: 'pg.settings',
        at: 'ssl',
        subject: 'pg-test-1',
        actual: 'off',
        expected: { en: 'on', zh: 'on' },
        sql: 'SHOW ssl',
        command: 'psql',
        file: file.path,
        sha256: file.sha256,
      },
    ],
  }),
];
const text = { en: 't', zh: 't' };
const report = buildReport({
  snapshot,
  manifest: { ...snapshot, files: [file], digest: '0'.repeat(64) },
  findings,
  clauseResults: rollup(scheme, findings),
  checks: [
    { id: 'pg-tls-enabled', catalogue: [], title: text, severity: 'high', rationale: text, remediation: text, fix: [] },
  ],
  frameworks: [scheme],
  probes: [],
  waivers: [],
  header: {},
});

test.each<[string, Partial<Report>, RegExp]>([
  ['a result too many', { totals: { ...report.totals, results: 2 } }, /prints 2 results, its chapters list 1/u],
  [
    'a failure counted as a pass',
    { totals: { ...report.totals, outcomes: { ...report.totals.outcomes, fail: 0, pass: 1 } } },
    /results with outcome pass|results with outcome fail/u,
  ],
  [
    'a severity that does not add up',
    { totals: { ...report.totals, failing: { ...report.totals.failing, low: 1 } } },
    /failing results by severity/u,
  ],
  ['a high-risk case nobody lists', { totals: { ...report.totals, highRisk: 1 } }, /high-risk cases/u],
  ['an evidence file that is not listed', { totals: { ...report.totals, evidenceFiles: 2 } }, /evidence files/u],
  [
    'evidence with another hash',
    { evidence: { ...report.evidence, files: [] }, totals: { ...report.totals, evidenceFiles: 0 } },
    /not in the manifest as it is cited/u,
  ],
  [
    'a clause counted elsewhere',
    {
      frameworks: report.frameworks.map((framework) => ({
        ...framework,
        outcomes: { ...framework.outcomes, not_met: 0, met: 1 },
      })),
    },
    /clauses of scheme/u,
  ],
  [
    'a clause that is missing',
    { frameworks: report.frameworks.map((framework) => ({ ...framework, sections: [] })) },
    /prints 1 clauses of scheme, its chapters list 0/u,
  ],
  [
    'a clause that rests on a result which is gone',
    {
      checks: [],
      totals: {
        ...report.totals,
        results: 0,
        outcomes: { ...report.totals.outcomes, fail: 0 },
        failing: { ...report.totals.failing, high: 0 },
      },
    },
    /rests on pg-tls-enabled\/pg-test-1/u,
  ],
])('%s is refused', (_, change, message) => {
  expect(() => assertReportAddsUp(report)).not.toThrow();
  expect(() => assertReportAddsUp({ ...report, ...change })).toThrow(message);
});
