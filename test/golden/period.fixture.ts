import { buildPeriodReport } from '../../packages/audit/src/history/period/build-period.ts';
import { fileNights, fileRunAt, runIdAt } from '../../packages/audit/src/history/period/period.fixture.ts';
import type { PeriodReport } from '../../packages/audit/src/history/period/period-report.ts';
import { readPeriod } from '../../packages/audit/src/history/period/read-period.ts';
import { folderStore } from '../../packages/audit/src/evidence/folder-store.ts';
import type { Framework } from '../../packages/audit/src/framework.ts';
import type { Outcome } from '../../packages/audit/src/finding.ts';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A subject somebody named to attack a reader. */
export const hostileReason = '<img src=x onerror=alert(1)> & "=cmd|x"';

/** The framework of the sample: what its report must account for. */
export const periodFramework: Framework = {
  id: 'scheme',
  title: { en: 'Scheme', zh: '等级保护' },
  edition: 'Edition 1',
  headline: 'exceptions',
  clauses: [
    {
      id: 'CC6.1',
      section: { en: 'Access', zh: '访问' },
      title: { en: 'Access is limited', zh: '限制访问' },
      coverage: 'partial',
      checks: ['pg-hba-no-trust', 'pg-tls-enabled'],
      manual: [{ en: 'how access is granted', zh: '授权流程' }],
    },
    {
      id: 'CC7.4',
      section: { en: 'Incidents', zh: '事件' },
      title: { en: 'Incidents are answered', zh: '事件响应' },
      coverage: 'none',
      checks: [],
      manual: [{ en: 'the plan', zh: '预案', by: ['attest-incident-plan'] }],
    },
  ],
};

const rule = (id: string, en: string, zh: string) => ({
  id,
  catalogue: ['AUTH-001'],
  title: { en, zh },
  severity: 'high' as const,
  rationale: { en, zh },
  remediation: { en, zh },
  fix: [],
});

const results = (over: Readonly<Record<string, Outcome>> = {}): Readonly<Record<string, Outcome>> => ({
  'pg-hba-no-trust/pg-test-1': 'pass',
  'pg-hba-no-trust/pg-test-2': 'pass',
  'pg-tls-enabled/pg-test-1': 'pass',
  'pg-audit-extension/pg-test-1': 'not_applicable',
  'pg-retired/pg-test-1': 'warn',
  ...over,
});

/**
 * Ten days of pg-test with every state of a day, an object that joined and one that left, exceptions, a change of rules, a
 * gap and a run whose evidence is damaged. `directory` is where the runs are filed.
 */
export async function samplePeriod(directory: string): Promise<PeriodReport> {
  const store = folderStore(directory);
  const waiver = {
    id: 'RISK-7',
    check: 'pg-tls-*',
    subject: 'pg-test-1',
    reason: hostileReason,
    owner: 'dba',
    until: '2026-11-05',
  };
  const later = { version: '2', sha256: '2'.repeat(64) };
  await fileNights(store, [1, 2, 3, 4, 5, 8, 9], results(), {
    3: { outcomes: results({ 'pg-hba-no-trust/pg-test-2': 'fail' }) },
    4: { outcomes: results({ 'pg-hba-no-trust/pg-test-2': 'error' }), silent: ['pg-test-2'] },
    5: { outcomes: results({ 'pg-tls-enabled/pg-test-1': 'excepted' }), evaluation: { waivers: [waiver] } },
    8: {
      instances: ['pg-test-1', 'pg-test-3'],
      filing: { rules: later, privateKey: undefined, now: () => '2026-11-08T02:01:00.000Z' },
    },
    9: { instances: ['pg-test-1', 'pg-test-3'], outcomes: results({ 'pg-tls-enabled/pg-test-1': 'fail' }) },
  });
  await fileRunAt(store, {
    at: '2026-11-09T14:00:00.000Z',
    outcomes: results(),
    instances: ['pg-test-1', 'pg-test-3'],
    evaluation: { header: { organisation: 'Example Ltd', system: 'Orders', grade: '3', operator: 'Li Lei' } },
  });
  await rm(join(directory, 'pg-test', runIdAt('2026-11-08T02:00:00.000Z'), 'pg.settings', 'pg-test-3.json'));
  const history = await readPeriod(
    store,
    'pg-test',
    { from: '2026-11-02', to: '2026-11-11' },
    { keys: new Map(), requireSignatures: false, evidence: true },
  );
  if (typeof history === 'string') throw new Error(history);
  const report = buildPeriodReport(history, {
    rules: [
      rule('pg-hba-no-trust', 'No rule lets anyone in', '没有免认证的规则'),
      rule('pg-tls-enabled', 'The server offers TLS', '服务器已启用 TLS'),
      rule('pg-audit-extension', 'Audit extension is loaded', '已加载审计扩展'),
    ],
    frameworks: [periodFramework],
    everyMs: 86_400_000,
    sampleSize: 3,
    seed: 'a seed',
    tool: { name: 'pgattest', version: '0.1.0' },
  });
  // Where the test files its runs differs each time; nothing else may.
  const anonymous = JSON.stringify(report).replaceAll(JSON.stringify(directory).slice(1, -1), '/evidence');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the report itself, with another name of its folder
  return JSON.parse(anonymous) as PeriodReport;
}

/** The controls of the report over so many days, on none of which there was a run. */
export function periodOver(report: PeriodReport, from: string, length: number): PeriodReport {
  const dayMs = 86_400_000;
  const days = Array.from({ length }, (_, index) => new Date(Date.parse(from) + index * dayMs).toISOString().slice(0, 10));
  const none = days.map(() => 'no_run' as const);
  return {
    ...report,
    days,
    runs: [],
    controls: report.controls.map((control) => ({ ...control, days: none })),
    frameworks: [],
    population: { objects: [] },
  };
}
