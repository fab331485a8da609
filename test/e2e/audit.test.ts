import { execFile } from 'node:child_process';
import { appendFile, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { AuditRun, FindingEvidence } from '@pgattest/audit';
import { openPgSession, resolvePgTarget, withDatabase } from '@pgattest/connect';
import { startDemoCluster, type DemoCluster } from '@pgattest/lab';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { auditDemo, impatient, instanceOptions, outcomesOf, pgattestAudit, readTree } from './audit-harness.ts';

const shell = promisify(execFile);
let cluster: DemoCluster;
let directory = '';
beforeAll(async () => {
  cluster = await startDemoCluster();
  // Evidence must be repeatable on a cluster that is being written to.
  cluster.startWriter();
}, 300_000);
afterAll(async () => {
  await cluster.stop();
}, 300_000);
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-e2e-audit-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const dirs = () => ['--evidence-dir', join(directory, 'evidence'), '--report-dir', join(directory, 'reports')];

describe('an audit of the healthy demo cluster', () => {
  it('decides every check, and every probe works for the least-privilege role', async () => {
    const run = await auditDemo(cluster, directory);
    const limits = run.snapshot.observations.filter(({ observation }) => observation.status !== 'ok');
    expect(limits).toEqual([]);
    expect(run.assessment.findings.filter(({ outcome }) => outcome === 'error')).toEqual([]);
    expect(run.report.scope.reconciliation).toEqual({
      answering: ['pg-demo-1', 'pg-demo-2'],
      silent: [],
      unseen: [],
      undeclared: [],
      unlisted: [],
      differences: [],
    });
    const doctor = await pgattestAudit(['doctor', ...instanceOptions(cluster)]);
    expect(doctor.stdout).toContain('every probe works on every object');
    expect(doctor.code).toBe(0);
  }, 300_000);

  it('prints commands that print what the evidence says', async () => {
    const run = await auditDemo(cluster, directory);
    const differing: unknown[] = [];
    for (const evidence of evidenceOf(run)) {
      const printed = await repeat(run, evidence);
      if (printed !== evidence.actual) differing.push({ command: evidence.command, printed, actual: evidence.actual });
    }
    expect(differing).toEqual([]);
  }, 300_000);

  it('prints commands that a real shell and psql accept', async () => {
    const run = await auditDemo(cluster, directory);
    const differing: unknown[] = [];
    // One of each check: the statements themselves are all run by the test above.
    const firsts = new Map(run.assessment.findings.map(({ check, evidence }) => [check, evidence[0]]));
    for (const evidence of firsts.values()) {
      if (evidence === undefined) continue;
      const { command, actual } = evidence;
      const { stdout } = await shell('/bin/sh', ['-c', command], { timeout: 60_000 });
      if (stdout.replace(/\n$/u, '') !== actual) differing.push({ command, stdout, actual });
    }
    expect(differing).toEqual([]);
  }, 300_000);

  it('is evaluated offline to the same bytes, and refused when one byte of evidence changes', async () => {
    const live = await pgattestAudit(['run', '--quiet', ...instanceOptions(cluster), ...dirs()]);
    expect([0, 1]).toContain(live.code);
    expect(live.stderr).toBe('');
    const names = await readdir(join(directory, 'evidence', 'pg-demo'));
    const runId = names.find((name) => name !== 'chain') ?? '';
    const folder = join(directory, 'evidence', 'pg-demo', runId);
    const offline = await pgattestAudit(['evaluate', folder, '--report-dir', join(directory, 'again')]);
    expect(offline.code).toBe(live.code);
    const before = await readTree(join(directory, 'reports', 'pg-demo', runId));
    const after = await readTree(join(directory, 'again', 'pg-demo', runId));
    expect([...after.values()]).toEqual([...before.values()]);
    expect(before.size).toBe(5);

    const file = join(folder, 'pg.hba', 'pg-demo-2.json');
    await appendFile(file, '\n');
    const refused = await pgattestAudit(['evaluate', folder]);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain(`evidence refused: ${file} was changed`);
  }, 300_000);

  it('lets no secret of the cluster into any output', async () => {
    const result = await pgattestAudit(['run', ...instanceOptions(cluster), ...dirs()]);
    const explained = await pgattestAudit([
      'explain',
      'pg-role-secrets-scram/pg-demo-1',
      '--evidence-dir',
      join(directory, 'evidence'),
    ]);
    expect(explained.code).toBe(0);
    const outputs = new Map(await readTree(directory));
    outputs.set('stdout', result.stdout).set('stderr', result.stderr).set('explain', explained.stdout);
    const leaks = [...outputs].filter(([, text]) => cluster.secrets.some((secret) => text.includes(secret)));
    expect(leaks.map(([name]) => name)).toEqual([]);
    const verifiers = [...outputs].filter(([, text]) => /SCRAM-SHA-256\$\d+:[A-Za-z0-9+/=]{8}/u.test(text));
    expect(verifiers.map(([name]) => name)).toEqual([]);
  }, 300_000);

  it('explains a finding with its observed values and clauses, in both languages', async () => {
    await pgattestAudit(['run', '--quiet', ...instanceOptions(cluster), ...dirs()]);
    const english = (await explain('en')).stdout;
    expect(english).toContain(`repeat: psql -X -At -c 'SELECT setting FROM pg_settings`);
    expect(english).toContain('"ssl": {');
    expect(english).toMatch(/CC6\.7 +/u);
    expect((await explain('zh')).stdout).toContain('复现命令: psql -X -At');
  }, 300_000);
});

describe('a replica that stops', () => {
  it('is never a pass, and heals without a restart of ours', async () => {
    const { replica } = cluster;
    await replica.stop();
    try {
      const run = await auditDemo(cluster, directory);
      const outcomes = outcomesOf(run);
      // These rest on the node, which the demo has not.
      const onNode =
        /^pg-(?:listen-addresses|no-dormant-roles|log-directory-apart|log-sample-complete|log-personal-data)\//u;
      const ofReplica = Object.entries(outcomes).filter(([id]) => id.endsWith('/pg-demo-2') && !onNode.test(id));
      expect(ofReplica.length).toBeGreaterThan(20);
      expect([...new Set(ofReplica.map(([, outcome]) => outcome))]).toEqual(['error']);
      for (const check of ['cluster-hot-redundancy', 'cluster-replication-streaming', 'cluster-hba-identical']) {
        expect({ check, outcome: outcomes[`${check}/pg-demo`] }).not.toEqual({ check, outcome: 'pass' });
      }
      expect(run.assessment.clauseResults.filter(({ outcome }) => outcome === 'met')).toEqual([]);
      expect(run.report.scope.reconciliation).toMatchObject({ silent: ['pg-demo-2'], answering: ['pg-demo-1'] });
    } finally {
      await replica.start();
      await waitForReplay();
    }
    expect(Object.values(outcomesOf(await auditDemo(cluster, directory)))).not.toContain('error');
  }, 300_000);

  it('is an error with a deadline when it hangs instead', async () => {
    const { replica } = cluster;
    replica.pause();
    try {
      const run = await auditDemo(cluster, directory, impatient);
      const codes = run.snapshot.observations
        .filter(({ subject }) => subject === 'pg-demo-2')
        .map(({ observation }) => (observation.status === 'ok' ? 'ok' : observation.code));
      expect([...new Set(codes)]).toEqual(['timeout']);
    } finally {
      replica.resume();
      await waitForReplay();
    }
  }, 300_000);
});

it('a cluster without a primary is not met and not passed', async () => {
  const { primary } = cluster;
  await primary.stop();
  try {
    const run = await auditDemo(cluster, directory);
    expect(outcomesOf(run)['cluster-one-primary/pg-demo']).toMatch(/^(fail|error)$/u);
    const { code } = await pgattestAudit(['run', '--quiet', ...instanceOptions(cluster), ...dirs()]);
    expect([1, 3]).toContain(code);
  } finally {
    await primary.start();
    await waitForReplay();
  }
}, 300_000);

it('a privilege that is taken away is an error with the remedy, and the doctor prints the GRANT', async () => {
  const admin = cluster.admin(cluster.primary);
  await admin.exec('REVOKE ALL ON pg_catalog.pg_hba_file_rules FROM pgattest_auditor');
  try {
    const run = await auditDemo(cluster, directory);
    const finding = run.assessment.findings.find(({ id }) => id === 'pg-hba-no-trust/pg-demo-1');
    expect(finding).toMatchObject({ outcome: 'error', undecided: { probe: 'pg.hba', code: 'permission_denied' } });
    expect(finding?.undecided?.message).toContain('audit doctor');
    const doctor = await pgattestAudit(['doctor', '--quiet', ...instanceOptions(cluster)]);
    expect(doctor.code).toBe(3);
    expect(doctor.stdout).toMatch(/pg-demo-1 +pg\.hba +permission_denied/u);
    const grants = [...doctor.stdout.matchAll(/^ {2}(GRANT .*);$/gmu)].map(([, grant]) => grant ?? '');
    expect(grants).toContain('GRANT SELECT ON pg_hba_file_rules TO pgattest_auditor');
    for (const grant of grants) await admin.exec(grant);
    await waitForReplay();
    expect((await pgattestAudit(['doctor', '--quiet', ...instanceOptions(cluster)])).code).toBe(0);
  } finally {
    await admin.exec('GRANT SELECT ON pg_catalog.pg_hba_file_rules TO pgattest_auditor');
    await waitForReplay();
  }
}, 300_000);

it('a waiver makes the finding an accepted risk, an expired one a finding of its own', async () => {
  const admin = cluster.admin(cluster.primary);
  await admin.exec(`ALTER SYSTEM SET log_disconnections = 'off'`);
  await cluster.primary.reload();
  try {
    const soon = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const config = [
      'clusters:',
      '  - name: pg-demo',
      '    instances:',
      ...cluster.nodes.map(
        (node) => `      - { name: ${node.name}, dsn: ${JSON.stringify(cluster.dsn(node, 'auditor'))} }`,
      ),
      `waivers: [${waiver('RISK-1', soon)}, ${waiver('RISK-0', '2020-01-01')}]`,
      'header: { organisation: 示例公司 }',
      '',
    ].join('\n');
    const file = join(directory, 'audit.yml');
    await writeFile(file, config);
    const { stdout, stderr } = await pgattestAudit(['run', '--config', file, '--json', '--quiet']);
    expect(stderr).toBe('');
    expect(stdout).toContain('"waiver": "RISK-1"');
    expect(stdout).toContain('"id": "waiver-expired/RISK-0"');
    expect(await readFile(join(directory, 'reports/pg-demo/latest/report.zh.html'), 'utf8')).toContain('示例公司');
  } finally {
    await admin.exec('ALTER SYSTEM RESET log_disconnections');
    await cluster.primary.reload();
  }
}, 300_000);

const waiver = (id: string, until: string) =>
  `{ id: ${id}, check: pg-log-disconnections, subject: pg-demo-1, reason: test, owner: dba, until: ${until} }`;

const explain = (lang: string) =>
  pgattestAudit(['explain', 'pg-tls-enabled/pg-demo-2', '--lang', lang, '--evidence-dir', join(directory, 'evidence')]);

/** Every evidence once: several checks print the same command. */
const evidenceOf = (run: AuditRun): readonly FindingEvidence[] => [
  ...new Map(
    run.assessment.findings.flatMap(({ evidence }) => evidence.map((item) => [item.command + item.actual, item])),
  ).values(),
];

/** Runs the command of an evidence without a shell where it is SQL: rows as psql -At prints them. */
async function repeat(run: AuditRun, evidence: FindingEvidence): Promise<string> {
  if (evidence.sql === undefined) {
    const { stdout } = await shell('/bin/sh', ['-c', evidence.command], { timeout: 60_000 });
    return stdout.replace(/\n$/u, '');
  }
  const subject = run.snapshot.subjects.find(({ id }) => id === evidence.subject);
  const target = await resolvePgTarget(subject?.connect ?? '', { env: {} });
  const signal = AbortSignal.timeout(120_000);
  const session = await openPgSession(
    evidence.database === undefined ? target : withDatabase(target, evidence.database),
    { connectTimeoutMs: 30_000, statementTimeoutMs: 30_000, lockTimeoutMs: 1000, applicationName: 'pgattest audit' },
    signal,
  );
  try {
    const { rows } = await session.query(evidence.sql, { signal });
    return rows.map((row) => row.map((value) => value ?? '').join('|')).join('\n');
  } finally {
    await session.close();
  }
}

/** Waits until the replica streams and has replayed what the primary had written when this was called. */
async function waitForReplay(): Promise<void> {
  const admin = cluster.admin(cluster.primary);
  const [now] = await admin.rows('SELECT pg_current_wal_lsn() AS lsn');
  await waitUntil(async () => {
    const [row] = await admin.rows(
      `SELECT count(*) AS n FROM pg_stat_replication WHERE state = 'streaming' AND replay_lsn >= '${now?.['lsn'] ?? ''}'`,
    );
    return row?.['n'] === '1';
  });
}

async function waitUntil(holds: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (await holds().catch(() => false)) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
  }
  throw new Error('the cluster did not settle within 120 s');
}
