import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checks, evaluate, probes, sealRun, type Finding } from '@pgattest/audit';
import { openPgSession, resolvePgTarget } from '@pgattest/connect';
import { startDemoCluster, waitFor, type DemoCluster } from '@pgattest/lab';
import { collect } from '../../packages/audit/src/collect.ts';
import { discover } from '../../packages/audit/src/inventory/discover.ts';
import { serverDir, type ServerMajor } from '../servers/binaries.ts';

/** Checks of encryption, logging, integrity, availability, versions and configuration, by their catalogue groups. */
const operationChecks = checks.filter(
  ({ catalogue, needs }) =>
    catalogue.some((id) => /^(TLS|LOG|INT|HA|VULN|CHG)-/u.test(id)) &&
    needs.every((fact) => /^(pg|cluster)\./u.test(fact)),
);

const majors: readonly ServerMajor[] = [11, 13, 18];

describe.each(majors)('operations on PostgreSQL %i', { timeout: 300_000 }, (major) => {
  let cluster: DemoCluster;
  beforeAll(async () => {
    const grants = new Set(probes.flatMap((probe) => probe.grants));
    const possible = [...grants].filter((grant) => major >= 15 || !grant.includes('pg_ident_file_mappings'));
    cluster = await startDemoCluster({
      durable: true,
      replicas: 1,
      auditorGrants: possible.map((grant) => grant.replaceAll('{role}', 'pgattest_auditor')),
      serverDir: serverDir(major),
    });
  }, 300_000);
  afterAll(async () => {
    await cluster.stop();
  });

  test('a hardened cluster has no failure but what the bundled server lacks, and all evidence prints again', async () => {
    const findings = await audit(cluster);
    const bad = findings.filter(({ outcome }) => outcome === 'fail' || outcome === 'error').map(({ id }) => id);
    expect(bad).toEqual(
      [
        ...cluster.nodes.map(({ name }) => `pg-audit-extension/${name}`),
        // The bundled servers are older than the releases that mend what is known of them.
        ...cluster.nodes.map(({ name }) => `pg-minor-current/${name}`),
        ...(major < 12 ? cluster.nodes.map(({ name }) => `pg-tls-min-version/${name}`) : []),
        ...(major < 15 ? cluster.nodes.map(({ name }) => `pg-version-supported/${name}`) : []),
      ].toSorted(byCheckOrder),
    );
    expect(outcomeOf(findings, 'cluster-one-primary')).toBe('pass');
    expect(outcomeOf(findings, 'cluster-replication-streaming')).toBe('pass');
    expect(outcomeOf(findings, 'cluster-hot-redundancy')).toBe('warn');
    await expectRepeatable(cluster, findings);
  });

  test('without pg_monitor all that changes is undecided: nothing passes or is set aside for want of sight', async () => {
    const before = await audit(cluster);
    const admin = cluster.admin(cluster.primary);
    await admin.exec('REVOKE pg_monitor FROM pgattest_auditor');
    try {
      await membershipsOnReplica(cluster, 0);
      const blind = await audit(cluster);
      const changed = blind.filter(({ id, outcome }) => before.find((seen) => seen.id === id)?.outcome !== outcome);
      expect(new Set(changed.map(({ outcome }) => outcome))).toEqual(new Set(['error']));
      expect(outcomeOf(blind, 'pg-tls-sessions')).toBe('error');
    } finally {
      await admin.exec('GRANT pg_monitor TO pgattest_auditor');
      await membershipsOnReplica(cluster, 1);
    }
  });

  test('a weakened cluster fails check by check, and all evidence prints again', async () => {
    const { primary, replica } = cluster;
    primary.setSettings({
      ...(major >= 12 ? { ssl_min_protocol_version: 'TLSv1' } : {}),
      log_destination: 'stderr',
      log_line_prefix: '%m [%p] ',
      log_connections: 'off',
      log_disconnections: 'off',
      log_statement: 'none',
      log_replication_commands: 'off',
      log_min_messages: 'fatal',
      log_file_mode: '0644',
      log_filename: 'postgresql-%a.log',
      log_truncate_on_rotation: 'on',
      log_rotation_age: '1440',
      log_timezone: 'Asia/Shanghai',
      log_lock_waits: 'off',
      debug_print_plan: 'on',
      zero_damaged_pages: 'on',
      max_connections: '30',
    });
    primary.appendHba('host app app_rw 10.0.0.0/8 scram-sha-256');
    await primary.reload();
    await cluster.admin(primary).exec('ALTER ROLE replicator SUPERUSER');
    // Not reloaded: the server would refuse it, and pg_file_settings reads the file itself.
    replica.setSettings({ no_such_setting: '1' });
    await waitFor(
      async () => {
        const [row] = await cluster.admin(primary).rows(`SELECT setting FROM pg_settings WHERE name = 'log_statement'`);
        return row?.['setting'] === 'none' ? true : undefined;
      },
      { timeoutMs: 60_000 },
    );
    const findings = await audit(cluster);
    const outcomes = outcomesOn(findings, primary.name);
    expect(outcomes).toMatchObject({
      'pg-tls-min-version': 'fail',
      'pg-tls-required': 'fail',
      'pg-log-connections': 'fail',
      'pg-log-disconnections': 'fail',
      'pg-log-fields': 'fail',
      'pg-log-statement-ddl': 'fail',
      'pg-log-replication-commands': 'fail',
      'pg-log-thresholds': 'fail',
      'pg-log-file-mode': 'fail',
      'pg-log-rotation-keeps': 'fail',
      'pg-log-collector': 'warn',
      'pg-log-timezone-utc': 'warn',
      'pg-log-locks': 'warn',
      'pg-log-debug-off': 'warn',
      'pg-durability-kept': 'fail',
      'pg-no-pending-restart': 'warn',
      'pg-replication-role-limited': 'fail',
    });
    expect(outcomesOn(findings, replica.name)['pg-config-files-clean']).toBe('fail');
    expect(outcomeOf(findings, 'cluster-log-settings-identical')).toBe('fail');
    expect(outcomeOf(findings, 'cluster-security-settings-identical')).toBe('fail');
    await expectRepeatable(cluster, findings);
  });

  test('a stopped replica is a failure where that is certain and undecided elsewhere, never a pass', async () => {
    await cluster.replica.stop('fast');
    await waitFor(
      async () => {
        const rows = await cluster.admin(cluster.primary).rows('SELECT FROM pg_stat_replication');
        return rows.length === 0 ? true : undefined;
      },
      { timeoutMs: 60_000 },
    );
    const findings = await audit(cluster);
    expect(outcomeOf(findings, 'cluster-one-primary')).toBe('error');
    expect(outcomeOf(findings, 'cluster-hot-redundancy')).toBe('fail');
    expect(outcomeOf(findings, 'cluster-replication-streaming')).toBe('fail');
    const replica = Object.values(outcomesOn(findings, cluster.replica.name));
    expect(new Set(replica)).toEqual(new Set(['error']));
    await expectRepeatable(cluster, findings);
  });
});

const order = new Map(operationChecks.map(({ id }, index) => [id as string, index]));
const byCheckOrder = (a: string, b: string): number =>
  (order.get(a.split('/')[0] ?? '') ?? 0) - (order.get(b.split('/')[0] ?? '') ?? 0) || (a < b ? -1 : 1);

const outcomeOf = (findings: readonly Finding[], check: string): string | undefined =>
  findings.find((finding) => finding.check === check)?.outcome;

const outcomesOn = (findings: readonly Finding[], subject: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    findings.filter((finding) => finding.subject === subject).map(({ check, outcome }) => [check, outcome]),
  );

/** Waits until the replica knows in how many predefined roles the auditor is. */
async function membershipsOnReplica(cluster: DemoCluster, count: number): Promise<void> {
  await waitFor(
    async () => {
      const rows = await cluster
        .admin(cluster.replica)
        .rows(`SELECT FROM pg_auth_members WHERE member = 'pgattest_auditor'::regrole`);
      return rows.length === count ? true : undefined;
    },
    { timeoutMs: 60_000 },
  );
}

const noPolicy = {
  formatVersion: 1,
  params: {},
  waivers: [],
  frameworks: [],
  languages: ['en'],
  header: {},
} as const;

/** Judges the operation checks on what the auditor role sees, as a run does. */
async function audit(cluster: DemoCluster): Promise<readonly Finding[]> {
  const needs = new Set<string>(operationChecks.flatMap((check) => check.needs));
  const instances = cluster.nodes.map((node) => ({ name: node.name, dsn: cluster.dsn(node, 'auditor') }));
  const snapshot = await collect(await discover({ name: cluster.name, members: instances }, { env: {} }), {
    probes: probes.filter(({ id }) => needs.has(id)),
    concurrency: 2,
    connectTimeoutMs: 30_000,
    probeTimeoutMs: 30_000,
    lockTimeoutMs: 1_000,
    runTimeoutMs: 300_000,
    livePauseMs: 0,
    runId: 'e2e',
    tool: { name: 'pgattest', version: '0.0.0' },
    now: () => new Date(),
    signal: AbortSignal.timeout(120_000),
  });
  const text = JSON.stringify(snapshot);
  for (const secret of cluster.secrets) expect(text.includes(secret)).toBe(false);
  const { manifest } = sealRun(snapshot, noPolicy);
  return evaluate(operationChecks, snapshot, { params: {}, files: manifest.files });
}

/** Runs every statement and shell command: each prints what the evidence says. */
async function expectRepeatable(cluster: DemoCluster, findings: readonly Finding[]): Promise<void> {
  const signal = AbortSignal.timeout(120_000);
  const options = {
    connectTimeoutMs: 30_000,
    statementTimeoutMs: 30_000,
    lockTimeoutMs: 1_000,
    runTimeoutMs: 300_000,
    livePauseMs: 0,
    applicationName: 'e2e',
  };
  for (const node of cluster.nodes) {
    const mine = findings.flatMap(({ check, evidence }) =>
      evidence.filter(({ subject }) => subject === node.name).map((item) => ({ check, item })),
    );
    if (mine.length === 0) continue;
    const pg = await openPgSession(await resolvePgTarget(cluster.dsn(node, 'auditor'), { env: {} }), options, signal);
    try {
      for (const { check, item } of mine) {
        const { at, actual, sql, command } = item;
        const printed =
          sql === undefined
            ? execFileSync('sh', ['-c', command], { encoding: 'utf8' }).replace(/\n$/u, '')
            : (await pg.query(sql, { signal })).rows.map((row) => row.map((cell) => cell ?? '').join('|')).join('\n');
        expect({ check, at, printed }).toEqual({ check, at, printed: actual });
      }
    } finally {
      await pg.close();
    }
  }
}
