import type { Finding } from '../../packages/audit/src/finding.ts';
import type { PeriodReport } from '../../packages/audit/src/history/period/period-report.ts';
import type { SubjectKind } from '../../packages/audit/src/inventory/subjects.ts';
import { buildReport } from '../../packages/audit/src/report/build.ts';
import type { ReportInput } from '../../packages/audit/src/report/input.ts';
import type { Report } from '../../packages/audit/src/report/model.ts';
import { reportInput } from './report.fixture.ts';

/** Longest name that PostgreSQL keeps is 63 bytes; Pigsty's are a cluster's with a number. */
const longCluster = 'pg-ledger-settlement-shanghai-production';
const path = `/data/${'postgresql-cluster-configuration/'.repeat(6)}server.conf`;
const value = `${'host=10.0.0.10,'.repeat(14)}${'f'.repeat(160)}`;
const english = `${'The replication connection is admitted without a password from a very wide range of addresses. '.repeat(3)}${path}`;
const chinese = '经核查，该实例允许来自任意地址的复制连接免口令登录，与安全基线不一致，应限制来源地址并启用口令校验。'.repeat(4);
const chineseName = '核心账务清结算系统生产环境数据库集群（上海数据中心）';
const long = { en: english, zh: chinese };

/** The same with the name of the cluster and of all its objects as long as they come. */
const renamed = <T extends object>(of: T): T =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same shape with other names
  JSON.parse(JSON.stringify(of).replaceAll('pg-test', longCluster)) as T;

const lengthen = (finding: Finding): Finding => ({
  ...finding,
  reason: long,
  evidence: finding.evidence.map((item) => ({
    ...item,
    at: `line 98 of ${path}`,
    actual: `${value}\n${chinese}\n${item.actual}`,
    expected: long,
    command: `${item.command} # ${value}`,
  })),
  ...(finding.undecided === undefined ? {} : { undecided: { ...finding.undecided, message: `${value}: ${path}` } }),
});

function lengthened(input: ReportInput): ReportInput {
  const { snapshot } = input;
  return {
    ...input,
    snapshot: {
      ...snapshot,
      observations: snapshot.observations.map((record) =>
        record.observation.status === 'ok'
          ? record
          : { ...record, observation: { ...record.observation, message: `cannot read ${path}: ${value}` } },
      ),
    },
    findings: input.findings.map(lengthen),
    clauseResults: input.clauseResults.map((clause) => ({ ...clause, reason: long })),
    waivers: input.waivers.map((waiver) => ({ ...waiver, reason: chinese, owner: chineseName, approval: value.slice(0, 120) })),
    header: { organisation: chineseName.repeat(2), system: chineseName.repeat(2), grade: '3', operator: english.slice(0, 90) },
    checks: input.checks.map((check) => ({ ...check, rationale: long, remediation: long, fix: [`ALTER SYSTEM SET x = '${value}'`] })),
  };
}

/** A report of four objects whose every text is as long as it may get. */
export const longReport = (): Report => buildReport(lengthened(renamed(reportInput)));

/** The same with so many more objects, each of which has a result for a clause. */
export function crowdedReport(more: number): Report {
  const kinds: readonly SubjectKind[] = ['patroni', 'haproxy', 'pgbouncer', 'node', 'etcd'];
  const input = lengthened(renamed(reportInput));
  const others = Array.from({ length: more }, (_, index) => ({
    id: `${longCluster}-${index + 4}.${kinds[index % kinds.length] ?? 'node'}`,
    kind: kinds[index % kinds.length] ?? 'node',
    cluster: longCluster,
  }));
  const [pattern] = input.findings;
  if (pattern === undefined) throw new Error('the fixture has no finding');
  const findings = others.map(({ id }) => ({ ...pattern, id: `${pattern.check}/${id}`, subject: id, evidence: [] }));
  return buildReport({
    ...input,
    snapshot: { ...input.snapshot, subjects: [...input.snapshot.subjects, ...others] },
    findings: [...input.findings, ...findings],
  });
}

/** A period whose every text is as long as it may get. */
export function longPeriod(report: PeriodReport): PeriodReport {
  const named = renamed(report);
  return {
    ...named,
    header: { organisation: chineseName, system: chineseName.repeat(2), operator: english.slice(0, 90) },
    runs: named.runs.map((run) => (run.problem === undefined ? run : { ...run, problem: `${path} was changed: ${value}` })),
    controls: named.controls.map((control) => ({ ...control, title: { en: english.slice(0, 140), zh: chinese.slice(0, 90) } })),
    waivers: named.waivers.map((waiver) => ({ ...waiver, reason: chinese, owner: chineseName, approval: value.slice(0, 120) })),
    evidence: { ...named.evidence, store: `postgres ${value}`, notes: [`${path}: ${chinese}`] },
    frameworks: named.frameworks.map((framework) => ({
      ...framework,
      clauses: framework.clauses.map((clause) => ({ ...clause, title: long, manual: [long] })),
    })),
  };
}
