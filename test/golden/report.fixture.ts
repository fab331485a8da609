import type { RuleDescription } from '../../packages/audit/src/check.ts';
import type { Finding, FindingEvidence } from '../../packages/audit/src/finding.ts';
import type { Framework } from '../../packages/audit/src/framework.ts';
import type { ManifestFile } from '../../packages/audit/src/manifest.ts';
import type { ReportInput } from '../../packages/audit/src/report/input.ts';
import { registerEvidence } from '../../packages/audit/src/register-evidence.ts';
import { rollup } from '../../packages/audit/src/rollup.ts';
import type { Snapshot } from '../../packages/audit/src/snapshot.ts';

const at = '2026-11-21T20:33:20.250Z';
const instances = ['pg-test-1', 'pg-test-2', 'pg-test-3'] as const;
const connect = (port: number) =>
  `host=127.0.0.1 port=${port} dbname=postgres user=pgattest sslmode=verify-full passfile=/etc/pgattest/.pgpass`;

/** A primary, a replica that streams from it, a third member that does not answer, and a standby nobody declared. */
const snapshot: Snapshot = {
  formatVersion: 1,
  runId: '20261121T203319Z-1a2b3c4d',
  cluster: 'pg-test',
  startedAt: '2026-11-21T20:33:19.000Z',
  finishedAt: '2026-11-21T20:33:23.481Z',
  tool: { name: 'pgattest', version: '0.1.0' },
  subjects: [
    { id: 'pg-test', kind: 'cluster', cluster: 'pg-test' },
    { id: 'pg-test-1', kind: 'instance', cluster: 'pg-test', connect: connect(54321) },
    { id: 'pg-test-2', kind: 'instance', cluster: 'pg-test', connect: connect(54322) },
    { id: 'pg-test-3', kind: 'instance', cluster: 'pg-test', connect: connect(54323) },
  ],
  observations: [
    ...(['pg.server', 'pg.replication', 'pg.hba'] as const).map((probe) => ({
      probe,
      subject: 'pg-test-3',
      observation: {
        status: 'unavailable' as const,
        at,
        code: 'unreachable' as const,
        message: 'cannot connect to pg-test-3 at 127.0.0.1:54323: connection refused; check that the server runs',
      },
    })),
    ...(['pg-test-1', 'pg-test-2'] as const).flatMap((subject) => [
      {
        probe: 'pg.server',
        subject,
        observation: {
          status: 'ok' as const,
          at,
          value: {
            version: '18.4 (Debian 18.4-1)',
            inRecovery: subject === 'pg-test-2',
            systemIdentifier: '7710730764901021745',
          },
        },
      },
      {
        probe: 'pg.replication',
        subject,
        observation: {
          status: 'ok' as const,
          at,
          value:
            subject === 'pg-test-1'
              ? [
                  sender('pg-test-2', '127.0.0.1'),
                  sender('walreceiver', '10.9.8.7'),
                  { ...sender('etl', '10.9.8.8'), logical: true },
                ]
              : [],
        },
      },
      { probe: 'pg.hba', subject, observation: { status: 'ok' as const, at, value: [] } },
    ]),
  ],
};

function sender(applicationName: string, clientAddress: string) {
  return { applicationName, clientAddress, state: 'streaming', syncState: 'async', logical: false };
}

/** 64 hexadecimal digits that stand for a hash: this fixture has no files to hash. */
const hashOf = (number: number): string => number.toString(16).padStart(4, '0').repeat(16);

const files: readonly ManifestFile[] = [
  { path: 'evaluation.json', sha256: hashOf(4096), sizeBytes: 512 },
  ...['pg.hba', 'pg.replication', 'pg.server'].flatMap((probe, row) =>
    instances.map((subject, column): ManifestFile => ({
      path: `${probe}/${subject}.json`,
      sha256: hashOf(4097 + row * 3 + column),
      sizeBytes: 1000 + row * 700 + column,
      probe,
      subject,
      status: subject === 'pg-test-3' ? 'unavailable' : 'ok',
    })),
  ),
];

const rule = (id: string, severity: RuleDescription['severity'], en: string, zh: string): RuleDescription => ({
  id,
  catalogue: ['AUTH-001'],
  title: { en, zh },
  severity,
  rationale: { en: `Why ${id} matters: \`trust\` asks nothing.`, zh: `${id} 的风险：\`trust\` 不作任何校验。` },
  remediation: { en: `Fix ${id} on every member.`, zh: `在每个成员上整改 ${id}。` },
  fix: ["ALTER SYSTEM SET ssl = 'on'", 'SELECT pg_reload_conf()'],
});

const rules = [
  rule('pg-hba-no-trust', 'critical', 'No rule lets anyone in', '没有免认证的规则'),
  rule('pg-idle-timeout', 'medium', 'Idle sessions end', '空闲会话会结束'),
  { ...rule('pg-scram-iterations', 'low', 'SCRAM is slow enough', 'SCRAM 迭代足够'), params: { floor: 4096 } },
  rule('pg-tls-enabled', 'critical', 'The server offers TLS', '服务器已启用 TLS'),
  rule('pg-auth-delay', 'low', 'Failed logins are slowed down', '登录失败会延迟'),
  rule('cluster-one-primary', 'critical', 'Exactly one primary', '恰有一个主库'),
  rule('waiver-unused', 'low', 'Every exception is needed', '每条例外均有必要'),
];

const evidence = (subject: string, where: string, actual: string, sql: string): FindingEvidence => {
  const file = files.find(({ path }) => path === `pg.hba/${subject}.json`);
  return {
    fact: 'pg.hba',
    at: where,
    subject,
    actual,
    expected: { en: 'no `trust`', zh: '无 `trust`' },
    sql,
    command: `psql -XAt '${snapshot.subjects.find(({ id }) => id === subject)?.connect ?? ''}' -c "${sql}"`,
    file: file?.path ?? '',
    sha256: file?.sha256 ?? '',
  };
};

const finding = (
  check: string,
  subject: string,
  outcome: Finding['outcome'],
  over: Partial<Finding> & Pick<Finding, 'evidence'>,
): Finding => ({
  id: `${check}/${subject}`,
  check,
  subject,
  severity: rules.find(({ id }) => id === check)?.severity ?? 'info',
  outcome,
  reason: { en: `${check} is ${outcome} on ${subject}`, zh: `${subject} 的 ${check} 为 ${outcome}` },
  params: {},
  at,
  ...over,
});

/** A role somebody named to attack a reader. */
export const hostileRole = `<script>alert("x")</script>&'`;
/** Longer than the report prints in full. */
export const longOutput = Array.from({ length: 60 }, (_, line) => `row ${line + 1}`).join('\n');

const silent = (check: string): Finding =>
  finding(check, 'pg-test-3', 'error', {
    evidence: [],
    reason: { en: 'cannot be decided: pg-test-3 is unreachable', zh: '无法判定：无法连接 pg-test-3' },
    undecided: { probe: 'pg.hba', subject: 'pg-test-3', code: 'unreachable', message: 'connection refused' },
  });

const findings: readonly Finding[] = [
  finding('pg-hba-no-trust', 'pg-test-1', 'fail', {
    evidence: [
      evidence('pg-test-1', 'line 98', `host|all|${hostileRole}|0.0.0.0/0|trust`, 'SELECT * FROM pg_hba_file_rules'),
      evidence('pg-test-1', 'every rule', longOutput, 'SELECT line_number FROM pg_hba_file_rules'),
    ],
    reason: { en: 'role `x` comes in without a password', zh: '角色 `x` 无需口令即可登录' },
  }),
  finding('pg-hba-no-trust', 'pg-test-2', 'pass', {
    evidence: [evidence('pg-test-2', 'trust rules', '', 'SELECT 1 WHERE false')],
  }),
  silent('pg-hba-no-trust'),
  finding('pg-idle-timeout', 'pg-test-1', 'warn', {
    evidence: [evidence('pg-test-1', 'idle_session_timeout', '数据库|0', 'SHOW idle_session_timeout')],
  }),
  finding('pg-idle-timeout', 'pg-test-2', 'excepted', {
    evidence: [evidence('pg-test-2', 'idle_session_timeout', '0', 'SHOW idle_session_timeout')],
    waived: { outcome: 'fail', waiver: 'RISK-7' },
  }),
  silent('pg-idle-timeout'),
  finding('pg-scram-iterations', 'pg-test-1', 'pass', {
    evidence: [evidence('pg-test-1', 'scram_iterations', '8192', 'SHOW scram_iterations')],
    params: { floor: 8192 },
  }),
  finding('pg-scram-iterations', 'pg-test-2', 'pass', {
    evidence: [evidence('pg-test-2', 'scram_iterations', '8192', 'SHOW scram_iterations')],
    params: { floor: 8192 },
  }),
  finding('pg-tls-enabled', 'pg-test-1', 'pass', { evidence: [evidence('pg-test-1', 'ssl', 'on', 'SHOW ssl')] }),
  finding('pg-tls-enabled', 'pg-test-2', 'pass', { evidence: [evidence('pg-test-2', 'ssl', 'on', 'SHOW ssl')] }),
  finding('pg-auth-delay', 'pg-test-1', 'not_applicable', { evidence: [] }),
  finding('cluster-one-primary', 'pg-test', 'pass', {
    evidence: [evidence('pg-test-1', 'pg_is_in_recovery()', 'f', 'SELECT pg_is_in_recovery()')],
  }),
  {
    ...finding('waiver-unused', 'pg-test', 'warn', {
      evidence: [
        registerEvidence({
          fact: 'exception',
          subject: 'pg-test',
          find: '.waivers[] | select(.id == "RISK-8")',
          entry: { id: 'RISK-8', until: '2027-03-31' },
          expected: { en: 'Every exception is needed', zh: '每条例外均有必要' },
          filed: files[0] ?? { path: '', sha256: '' },
        }),
      ],
    }),
    id: 'waiver-unused/RISK-8',
  },
];

const frameworks: readonly Framework[] = [
  {
    id: 'scheme',
    title: { en: 'Scheme', zh: '等级保护' },
    edition: 'Edition 1',
    headline: 'rates',
    clauses: [
      {
        id: '1.1 a)',
        unit: 'L3-CES1-01',
        chapter: { en: '1 Access', zh: '1 访问' },
        section: { en: '1.1 Identity', zh: '1.1 身份鉴别' },
        title: { en: 'Users are authenticated', zh: '用户经鉴别' },
        coverage: 'partial',
        checks: ['pg-hba-no-trust', 'pg-scram-iterations'],
        manual: [{ en: 'Ask how secrets are issued.', zh: '访谈口令发放方式。' }],
        highRisk: ['6.1'],
      },
      {
        id: '1.1 b)',
        unit: 'L3-CES1-02',
        chapter: { en: '1 Access', zh: '1 访问' },
        section: { en: '1.1 Identity', zh: '1.1 身份鉴别' },
        title: { en: 'Failed logins are slowed down', zh: '登录失败处理' },
        coverage: 'full',
        checks: ['pg-auth-delay'],
        manual: [],
      },
      {
        id: '1.2',
        chapter: { en: '1 Access', zh: '1 访问' },
        section: { en: '1.2 Sessions', zh: '1.2 会话' },
        title: { en: 'Idle sessions end', zh: '空闲会话结束' },
        coverage: 'full',
        checks: ['pg-idle-timeout'],
        manual: [],
      },
      {
        id: '2.1',
        chapter: { en: '2 Channels', zh: '2 通道' },
        section: { en: '2.1 Transport', zh: '2.1 传输' },
        title: { en: 'Traffic is encrypted', zh: '传输加密' },
        coverage: 'full',
        checks: ['pg-tls-enabled'],
        manual: [],
        highRisk: ['6.2'],
      },
      {
        id: '2.2',
        chapter: { en: '2 Channels', zh: '2 通道' },
        section: { en: '2.2 Sites', zh: '2.2 机房' },
        title: { en: 'The site is guarded', zh: '机房有防护' },
        coverage: 'none',
        checks: [],
        manual: [{ en: 'Attach the provider report.', zh: '附服务商报告。' }],
        highRisk: ['6.3'],
      },
    ],
    highRisk: [
      {
        key: '6.1',
        title: { en: 'A login that can be bypassed', zh: '身份鉴别可被绕过' },
        triggers: ['pg-hba-no-trust'],
        mitigation: { en: 'Limited addresses.', zh: '限制地址。' },
        mitigatedBy: ['pg-tls-enabled', 'pg-hba-not-broad'],
      },
      {
        key: '6.2',
        title: { en: 'Data in clear', zh: '明文传输' },
        triggers: ['pg-tls-enabled'],
        mitigation: { en: 'None.', zh: '无。' },
        mitigatedBy: [],
      },
      {
        key: '6.3',
        title: { en: 'An open site', zh: '机房无防护' },
        triggers: [],
        mitigation: { en: 'None.', zh: '无。' },
        mitigatedBy: [],
      },
    ],
  },
  {
    id: 'criteria',
    title: { en: 'Criteria', zh: '信任服务准则' },
    edition: '2017',
    headline: 'exceptions',
    clauses: [
      {
        id: 'A1.2',
        section: { en: 'A1 Availability', zh: 'A1 可用性' },
        title: { en: 'There is one primary', zh: '恰有一个主库' },
        coverage: 'partial',
        checks: ['cluster-one-primary'],
        manual: [{ en: 'Attach the drill.', zh: '附演练记录。' }],
        aliases: ['Data Recovery'],
      },
    ],
  },
];

/** Everything a report can show, once: each outcome, a waiver, a silent member, a stranger, a hostile name. */
export const reportInput: ReportInput = {
  snapshot,
  manifest: {
    formatVersion: 1,
    runId: snapshot.runId,
    cluster: snapshot.cluster,
    startedAt: snapshot.startedAt,
    finishedAt: snapshot.finishedAt,
    tool: snapshot.tool,
    subjects: snapshot.subjects,
    files,
    digest: hashOf(43981),
  },
  findings,
  clauseResults: frameworks.flatMap((framework) => rollup(framework, findings)),
  checks: rules,
  frameworks,
  probes: [
    { id: 'pg.hba', title: 'Client authentication rules', privilege: 'SELECT on pg_hba_file_rules' },
    { id: 'pg.replication', title: 'WAL senders', privilege: 'pg_read_all_stats' },
    { id: 'pg.server', title: 'Version and role', privilege: 'none' },
  ],
  waivers: [
    {
      id: 'RISK-7',
      check: 'pg-idle-timeout',
      subject: 'pg-test-2',
      reason: 'Reporting tool keeps sessions',
      owner: 'dba-lead',
      until: '2027-03-31',
    },
    { id: 'RISK-8', check: 'pg-tls-enabled', subject: '*', reason: 'Old clients', owner: 'dba-lead', until: '2027-03-31' },
  ],
  header: { organisation: 'Example Bank 示例银行', system: 'Core ledger', grade: '3', reviewer: 'l.ming' },
  previous: {
    runId: '20261120T203319Z-00000000',
    findings: [
      { id: 'pg-idle-timeout/pg-test-1', outcome: 'pass' },
      { id: 'pg-tls-enabled/pg-test-1', outcome: 'fail' },
      { id: 'pg-hba-no-trust/pg-test-1', outcome: 'fail' },
      { id: 'pg-hba-no-trust/pg-test-3', outcome: 'pass' },
    ],
  },
};
