import type { Daemon } from '../daemon.ts';
import { identityOf, type LabMaterials } from '../materials.ts';
import type { StackRun } from '../stack-run.ts';
import { labPorts, type LabMember } from '../topology.ts';
import { renderIni } from './ini-text.ts';
import { memberPaths } from './paths.ts';
import { roleVerifiers } from './role-verifiers.ts';
import { reasonOf } from './run-or-throw.ts';

/** PgBouncer in front of the PostgreSQL of the same host, which it reaches over the Unix socket. */
export function pgbouncerDaemon(materials: LabMaterials, member: LabMember): Daemon {
  const paths = memberPaths(materials, member.name);
  const owner = 'postgres';
  return {
    id: `pgbouncer@${member.name}`,
    component: 'pgbouncer',
    host: member.name,
    user: owner,
    argv: [materials.programs.pgbouncer, paths.pgbouncerConfig],
    env: { PATH: materials.path, LANG: 'C.UTF-8' },
    directories: [
      { path: paths.pgbouncer, mode: 0o700 },
      { path: paths.sock, mode: 0o700 },
    ],
    files: [
      { path: paths.pgbouncerConfig, content: renderPgbouncerConfig(materials, member), mode: 0o600, owner },
      { path: paths.pgbouncerUsers, content: renderUserList(materials), mode: 0o600, owner },
      { path: paths.pgbouncerHba, content: renderPgbouncerHba(materials), mode: 0o600, owner },
    ],
    // SIGINT waits for queries in progress; SIGTERM of this version ends at once.
    stopMs: 5_000,
    ready: async (run) => findPgbouncerProblem(materials, run, member),
  };
}

/** pgbouncer.ini: transaction pooling, TLS for every client, users looked up in PostgreSQL. */
export function renderPgbouncerConfig(materials: LabMaterials, member: LabMember): string {
  const paths = memberPaths(materials, member.name);
  const files = identityOf(materials, member.name, 'postgres');
  return renderIni({
    databases: { app: `host=${paths.sock} port=${labPorts.postgres} dbname=app auth_user=pgbouncer` },
    pgbouncer: {
      listen_addr: member.address,
      listen_port: labPorts.pgbouncer,
      unix_socket_dir: paths.sock,
      unix_socket_mode: '0700',
      pidfile: `${paths.pgbouncer}/pgbouncer.pid`,
      auth_type: 'hba',
      auth_hba_file: paths.pgbouncerHba,
      auth_file: paths.pgbouncerUsers,
      auth_query: 'SELECT username, password FROM pgbouncer.get_auth($1)',
      admin_users: 'dbuser_dba',
      stats_users: 'pgattest_monitor',
      ignore_startup_parameters: 'extra_float_digits',
      pool_mode: 'transaction',
      max_client_conn: 500,
      default_pool_size: 20,
      reserve_pool_size: 5,
      reserve_pool_timeout: 1,
      max_db_connections: 50,
      server_lifetime: 600,
      server_login_retry: 1,
      server_reset_query: 'DISCARD ALL',
      idle_transaction_timeout: 600,
      client_idle_timeout: 3600,
      client_tls_sslmode: 'require',
      client_tls_cert_file: files.certificate,
      client_tls_key_file: files.key,
      client_tls_ca_file: files.authority,
      client_tls_protocols: 'secure',
      client_tls_ciphers: 'HIGH:!aNULL:!MD5:!3DES',
      // Beside standard error, which is the log of the daemon.
      logfile: `${paths.pgbouncer}/pgbouncer.log`,
      log_connections: 1,
      log_disconnections: 1,
      log_pooler_errors: 1,
      application_name_add_host: 1,
    },
  });
}

/** Users of the console, and the one that looks up all others, whose password must be readable. */
export function renderUserList({ secrets }: Pick<LabMaterials, 'secrets'>): string {
  const verifiers = roleVerifiers(secrets);
  return [
    `"pgbouncer" "${secrets.pgbouncer}"`,
    `"pgattest_monitor" "${verifiers.pgattest_monitor}"`,
    `"dbuser_dba" "${verifiers.dbuser_dba}"`,
    '',
  ].join('\n');
}

/** Administrators on the socket only; applications and who reads statistics over TLS from where HAProxy runs, too. */
export function renderPgbouncerHba({ topology }: Pick<LabMaterials, 'topology'>): string {
  const network = topology.options.isolation === 'loopback' ? '127.0.0.1/32' : `${topology.monitor.address}/32`;
  return [
    'local pgbouncer dbuser_dba,pgattest_monitor scram-sha-256',
    'local app app_owner,app_rw scram-sha-256',
    `hostssl pgbouncer pgattest_monitor ${network} scram-sha-256`,
    `hostssl app app_owner,app_rw ${network} scram-sha-256`,
    '',
  ].join('\n');
}

async function findPgbouncerProblem(
  materials: LabMaterials,
  run: StackRun,
  member: LabMember,
): Promise<string | undefined> {
  const paths = memberPaths(materials, member.name);
  const result = await run.run(
    member.name,
    [`${materials.programs.postgresBin}/psql`, '-X', '-A', '-t', '-c', 'SHOW VERSION'],
    {
      user: 'postgres',
      timeoutMs: 10_000,
      env: {
        PGHOST: paths.sock,
        PGPORT: String(labPorts.pgbouncer),
        PGUSER: 'pgattest_monitor',
        PGDATABASE: 'pgbouncer',
        PGPASSFILE: paths.passfile,
        PGCONNECT_TIMEOUT: '5',
      },
    },
  );
  return result.code === 0
    ? undefined
    : `the console of PgBouncer on ${member.name} does not answer: ${reasonOf(result)}`;
}
