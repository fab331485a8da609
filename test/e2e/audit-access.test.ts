import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checks, evaluate, probes, sealRun, type Finding, type Snapshot } from '@pgattest/audit';
import { openPgSession, resolvePgTarget } from '@pgattest/connect';
import { startDemoCluster, waitFor, type DemoCluster } from '@pgattest/lab';
import { collect } from '../../packages/audit/src/collect.ts';
import { discover } from '../../packages/audit/src/inventory/discover.ts';
import { serverDir, type ServerMajor } from '../servers/binaries.ts';

/** Checks of access rules, roles and passwords: their groups in the research catalogue. */
const accessChecks = checks.filter(
  ({ catalogue, needs }) =>
    catalogue.some((id) => /^(AUTH|ROLE|PWD)-/u.test(id)) && needs.every((fact) => fact.startsWith('pg.')),
);

const majors: readonly ServerMajor[] = [10, 12, 15, 16, 18];
const session = {
  connectTimeoutMs: 30_000,
  statementTimeoutMs: 30_000,
  lockTimeoutMs: 1_000,
  applicationName: 'pgattest e2e',
};

describe.each(majors)('access on PostgreSQL %i', { timeout: 300_000 }, (major) => {
  let cluster: DemoCluster;
  beforeAll(async () => {
    const grants = new Set(probes.flatMap((probe) => probe.grants));
    const possible = [...grants].filter((grant) => major >= 15 || !grant.includes('pg_ident_file_mappings'));
    cluster = await startDemoCluster({
      durable: false,
      replicas: 0,
      auditorGrants: possible.map((grant) => grant.replaceAll('{role}', 'pgattest_auditor')),
      serverDir: serverDir(major),
    });
  }, 300_000);
  afterAll(async () => {
    await cluster.stop();
  });

  test('a hardened server passes, but for what the bundled server cannot do', async () => {
    const findings = await audit(cluster);
    expect(outcomesOf(findings)).toEqual({
      'cluster-hba-identical': 'not_applicable',
      'pg-accounts-personal': 'manual',
      'pg-alter-system-unused': 'pass',
      'pg-default-privileges-declared': 'manual',
      'pg-escalation-logged': 'warn',
      'pg-foreign-access-safe': 'pass',
      'pg-login-refused': 'pass',
      'pg-no-default-password': 'pass',
      'pg-oauth-safe': 'not_applicable',
      'pg-objects-owned-by-groups': 'pass',
      'pg-password-reuse-prevented': 'fail',
      'pg-passwords-not-shared': 'pass',
      'pg-plaintext-refused': 'pass',
      'pg-prehashed-passwords-refused': 'not_applicable',
      'pg-public-no-object-grants': 'pass',
      'pg-role-duties-separate': 'pass',
      'pg-roles-declared': 'manual',
      'pg-superuser-not-in-applications': 'pass',
      'pg-auth-delay': 'pass',
      'pg-authentication-timeout': 'pass',
      'pg-hba-no-cleartext': 'pass',
      'pg-hba-no-dead-rules': 'pass',
      'pg-hba-no-md5': 'pass',
      'pg-hba-no-trust': 'pass',
      'pg-hba-not-broad': 'pass',
      // Version 10 lets only superusers see when a file was changed.
      'pg-hba-parses': major >= 11 ? 'pass' : 'error: facts_incomplete',
      'pg-hba-superuser-local': 'pass',
      'pg-ident-maps-narrow': major >= 15 ? 'pass' : 'error: unsupported',
      'pg-idle-timeout': major >= 14 ? 'pass' : 'warn',
      'pg-password-complexity': 'warn',
      'pg-password-encryption-scram': 'pass',
      'pg-password-expiry': 'fail',
      'pg-passwordless-login': 'pass',
      'pg-predefined-roles-limited': 'pass',
      'pg-public-no-connect': 'pass',
      'pg-public-schema-no-create': 'pass',
      'pg-role-attributes-limited': 'pass',
      'pg-role-connection-limits': 'pass',
      'pg-role-not-expired': 'pass',
      'pg-role-secrets-scram': 'pass',
      'pg-role-settings-not-weakened': 'pass',
      'pg-scram-iterations': 'pass',
      'pg-security-definer-safe': 'pass',
      'pg-settings-no-password': 'pass',
      'pg-unix-socket-limited': 'pass',
      'pg-untrusted-languages': 'pass',
    });
    await expectRepeatable(cluster, findings);
  });

  test('a weakened server fails, and every piece of evidence prints again what was seen', async () => {
    await weaken(cluster, major);
    const findings = await audit(cluster);
    expect(outcomesOf(findings)).toEqual({
      'cluster-hba-identical': 'not_applicable',
      'pg-accounts-personal': 'manual',
      'pg-alter-system-unused': 'fail',
      'pg-default-privileges-declared': 'manual',
      'pg-escalation-logged': 'warn',
      'pg-foreign-access-safe': 'fail',
      // The rules ask everybody for a password.
      'pg-login-refused': 'pass',
      'pg-no-default-password': 'fail',
      'pg-oauth-safe': 'not_applicable',
      'pg-objects-owned-by-groups': 'warn',
      'pg-password-reuse-prevented': 'fail',
      'pg-passwords-not-shared': 'fail',
      // Asked on the host itself, which says nothing of the network.
      'pg-plaintext-refused': 'error: facts_incomplete',
      'pg-prehashed-passwords-refused': 'not_applicable',
      'pg-public-no-object-grants': 'fail',
      'pg-role-duties-separate': 'fail',
      'pg-roles-declared': 'manual',
      'pg-superuser-not-in-applications': 'pass',
      'pg-auth-delay': 'fail',
      'pg-authentication-timeout': 'fail',
      'pg-hba-no-cleartext': 'fail',
      'pg-hba-no-dead-rules': 'fail',
      'pg-hba-no-md5': 'fail',
      'pg-hba-no-trust': 'fail',
      'pg-hba-not-broad': 'fail',
      'pg-hba-parses': 'fail',
      'pg-hba-superuser-local': 'fail',
      'pg-ident-maps-narrow': major >= 15 ? 'fail' : 'error: unsupported',
      'pg-idle-timeout': major >= 14 ? 'fail' : 'warn',
      'pg-password-complexity': 'fail',
      'pg-password-encryption-scram': 'fail',
      'pg-password-expiry': 'fail',
      'pg-passwordless-login': 'fail',
      // Version 11 brought the roles that reach the host.
      'pg-predefined-roles-limited': major >= 11 ? 'fail' : 'warn',
      'pg-public-no-connect': 'warn',
      'pg-public-schema-no-create': 'fail',
      'pg-role-attributes-limited': 'fail',
      'pg-role-connection-limits': 'warn',
      'pg-role-not-expired': 'fail',
      'pg-role-secrets-scram': 'fail',
      'pg-role-settings-not-weakened': 'fail',
      'pg-scram-iterations': 'fail',
      'pg-security-definer-safe': 'fail',
      'pg-settings-no-password': 'fail',
      'pg-unix-socket-limited': 'fail',
      'pg-untrusted-languages': 'fail',
    });
    await expectRepeatable(cluster, findings);
    expectNoSecret(findings);
  });
});

describe('access in a cluster', { timeout: 300_000 }, () => {
  let cluster: DemoCluster;
  beforeAll(async () => {
    cluster = await startDemoCluster({ durable: false, auditorGrants: [] });
  }, 300_000);
  afterAll(async () => {
    await cluster.stop();
  });

  test('what the auditor may not see is an error that names the grant, never a pass', async () => {
    const findings = await audit(cluster);
    const missing = findings.filter(({ undecided }) => undecided?.code === 'permission_denied');
    expect(new Set(missing.map(({ undecided }) => undecided?.probe))).toEqual(
      new Set(['pg.hba', 'pg.role-secrets', 'pg.ident', 'pg.known-passwords', 'pg.auto-settings']),
    );
    expect(outcomesOf(findings)['cluster-hba-identical']).toBe('error: permission_denied');
  });

  test('a rule on one member is found, and a database that cannot be entered is not taken as fine', async () => {
    const postgres = cluster.admin(cluster.primary);
    for (const grant of new Set(probes.flatMap((probe) => probe.grants))) {
      await postgres.exec(grant.replaceAll('{role}', 'pgattest_auditor'));
    }
    await catchUp(cluster);
    expect(outcomesOf(await audit(cluster))['cluster-hba-identical']).toBe('pass');

    await postgres.exec('REVOKE CONNECT ON DATABASE app FROM pgattest_auditor');
    cluster.replica.appendHba('hostssl app app_rw 10.0.0.0/24 scram-sha-256');
    await cluster.replica.reload();
    await catchUp(cluster);
    const findings = await audit(cluster);
    const outcomes = outcomesOf(findings);
    expect(outcomes['cluster-hba-identical']).toBe('fail');
    for (const check of ['pg-public-schema-no-create', 'pg-security-definer-safe', 'pg-untrusted-languages']) {
      expect(outcomes[check]).toBe('error: facts_incomplete');
    }
    await expectRepeatable(cluster, findings);
  });
});

const noPolicy = {
  formatVersion: 1,
  params: {},
  waivers: [],
  frameworks: [],
  languages: ['en'],
  header: {},
} as const;

/** Judges the access checks on what the auditor role sees, as a run does. */
async function audit(cluster: DemoCluster): Promise<readonly Finding[]> {
  const needs = new Set<string>(accessChecks.flatMap((check) => check.needs));
  const instances = cluster.nodes.map((node) => ({ name: node.name, dsn: cluster.dsn(node, 'auditor') }));
  const snapshot: Snapshot = await collect(await discover({ name: cluster.name, members: instances }, { env: {} }), {
    probes: probes.filter(({ id }) => needs.has(id)),
    concurrency: 1,
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
  expectNoSecret(snapshot);
  const { manifest } = sealRun(snapshot, noPolicy);
  return evaluate(accessChecks, snapshot, { params: {}, files: manifest.files });
}

/** Waits until the replica has replayed what the primary wrote. */
async function catchUp(cluster: DemoCluster): Promise<void> {
  const [written] = await cluster.admin(cluster.primary).rows('SELECT pg_current_wal_lsn() AS lsn');
  const replayed = await waitFor(
    async () => {
      const sql = `SELECT pg_last_wal_replay_lsn() >= '${written?.['lsn'] ?? ''}' AS done`;
      return (await cluster.admin(cluster.replica).rows(sql))[0]?.['done'] === 't' ? true : undefined;
    },
    { timeoutMs: 20_000 },
  );
  expect(replayed).toBe(true);
}

/** Names the place of a leak only. */
function expectNoSecret(value: unknown): void {
  const [leak] = /.{0,80}(SCRAM-SHA-256\$\d+:|md5[0-9a-f]{32}|hunter2)/u.exec(JSON.stringify(value)) ?? [];
  expect(leak).toBeUndefined();
}

const outcomesOf = (findings: readonly Finding[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    findings.map(({ check, outcome, undecided }) => [
      check,
      undecided === undefined ? outcome : `${outcome}: ${undecided.code}`,
    ]),
  );

/** Runs every command as the auditor: what it prints in psql's unaligned form is what the evidence says. */
async function expectRepeatable(cluster: DemoCluster, findings: readonly Finding[]): Promise<void> {
  for (const { check, evidence } of findings) {
    for (const item of evidence) {
      const { at, actual } = item;
      expect({ check, at, printed: await printedBy(cluster, item) }).toEqual({ check, at, printed: actual });
    }
  }
}

async function printedBy(cluster: DemoCluster, item: Finding['evidence'][number]): Promise<string> {
  if (item.sql === undefined) {
    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', item.command], { timeout: 60_000 });
    return stdout.replace(/\n$/u, '');
  }
  const node = cluster.nodes.find(({ name }) => name === item.subject);
  if (node === undefined) throw new Error(`${item.subject} is no node of the cluster`);
  const signal = AbortSignal.timeout(120_000);
  const dsn = `${cluster.dsn(node, 'auditor')}${item.database === undefined ? '' : ` dbname=${item.database}`}`;
  const pg = await openPgSession(await resolvePgTarget(dsn, { env: {} }), session, signal);
  try {
    const { rows } = await pg.query(item.sql, { signal });
    return rows.map((row) => row.map((cell) => cell ?? '').join('|')).join('\n');
  } finally {
    await pg.close();
  }
}

/** One mistake for every check. */
async function weaken(cluster: DemoCluster, major: ServerMajor): Promise<void> {
  const { primary } = cluster;
  const postgres = cluster.admin(primary);
  for (const sql of [
    `SET log_statement = 'none'`,
    `SET password_encryption = 'md5'`,
    `CREATE ROLE "o'md5" LOGIN PASSWORD 'hunter2hunter2a'`,
    `CREATE ROLE nopass LOGIN CREATEROLE VALID UNTIL '2020-01-31 00:00:00+08'`,
    `CREATE ROLE forever LOGIN VALID UNTIL 'infinity' PASSWORD 'hunter2hunter2b'`,
    `CREATE ROLE guest LOGIN PASSWORD 'passw0rd'`,
    `CREATE ROLE twin LOGIN`,
    `CREATE ROLE exporter LOGIN CREATEROLE IN ROLE pg_monitor`,
    `ALTER SYSTEM SET log_min_duration_statement = -1`,
  ]) {
    await postgres.exec(sql);
  }
  // A session of its own per statement: password_encryption has to come from the role.
  await postgres.exec(`ALTER ROLE postgres SET password_encryption = 'md5'`);
  await postgres.exec(`ALTER ROLE "o'md5" PASSWORD 'hunter2hunter2c'`);
  await postgres.exec(`ALTER ROLE nopass SET log_statement = 'none'`);
  await postgres.exec(`ALTER ROLE forever IN DATABASE app SET myapp.dsn = 'postgres://u:hunter2@db/app'`);
  await postgres.exec(
    `UPDATE pg_authid SET rolpassword = regexp_replace(rolpassword, '[$]4096:', '$1000:') WHERE rolname = 'app_rw'`,
  );
  await postgres.exec(
    `UPDATE pg_authid SET rolpassword = (SELECT rolpassword FROM pg_authid WHERE rolname = 'app_rw') WHERE rolname = 'twin'`,
  );
  if (major >= 11) await postgres.exec('GRANT pg_execute_server_program TO forever');
  else await postgres.exec('GRANT pg_signal_backend TO forever');
  if (major >= 15) await postgres.exec('GRANT SET ON PARAMETER log_statement TO nopass');
  await postgres.exec('GRANT CONNECT ON DATABASE app TO PUBLIC');

  const app = cluster.admin(primary, 'app');
  await app.exec('GRANT CREATE ON SCHEMA public TO PUBLIC');
  await app.exec('GRANT INSERT ON app.account TO PUBLIC');
  await app.exec('CREATE TABLE app.loose ()');
  await app.exec('ALTER TABLE app.loose OWNER TO app_rw');
  await app.exec('CREATE EXTENSION postgres_fdw');
  await app.exec('CREATE SERVER remote FOREIGN DATA WRAPPER postgres_fdw');
  await app.exec(`CREATE USER MAPPING FOR PUBLIC SERVER remote OPTIONS (user 'u', password 'hunter2')`);
  await app.exec(
    `CREATE FUNCTION app."open'door"(a integer, b text) RETURNS integer LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'`,
  );
  await app.exec(
    `CREATE FUNCTION app.loaded() RETURNS trigger LANGUAGE c AS '$libdir/tcn', 'triggered_change_notification'`,
  );

  primary.setSettings({
    authentication_timeout: '600s',
    shared_preload_libraries: '',
    unix_socket_permissions: '0777',
    ...(major >= 14 ? { idle_session_timeout: '0' } : {}),
    archive_command: 'PGPASSWORD=hunter2 true',
    ...(major >= 15 ? { archive_library: '' } : {}),
  });
  primary.setHba(
    [
      'local all postgres scram-sha-256',
      'local all app_rw peer map=admins',
      'local all all trust',
      'hostssl postgres,app pgattest_auditor 127.0.0.1/32 scram-sha-256',
      `host all "o'md5" 10.0.0.0/8 md5`,
      'host all app_rw 10.0.0.0/8 radius radiusservers=127.0.0.1 radiussecrets=hunter2',
      'host all all 0.0.0.0/0 scram-sha-256',
      'host all postgres 10.0.0.0/8 reject',
      '',
    ].join('\n'),
  );
  writeFileSync(join(primary.dataDir, 'pg_ident.conf'), String.raw`admins /^(.*)@example\.com$ \1` + '\n');
  await primary.restart();
  // Read from now on, and refused: the server keeps what it started with.
  primary.appendHba('host all all 10.0.0.0/8 magic');
  await primary.reload();
}
