import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { auditRules, loadAuditConfig, settingsOf, type EvaluationConfig, type Snapshot } from '@pgattest/audit';
import { observe } from '../../packages/audit/src/collect/observe.ts';
import { openNodeAccess } from '../../packages/audit/src/node/open-access.ts';
import { pigstyPaths } from '../../packages/audit/src/node/paths.ts';
import type { AnyProbe } from '../../packages/audit/src/probe.ts';

/** Passwords that only this test knows, by where they are planted: none may leave the host, or the configuration. */
export const planted = {
  superuser: 'p7superuserInPatroniYml11',
  restApi: 'p7loginOfTheRestApiOf2222',
  connection: 'p7inPrimaryConninfo33333',
  pgpass: 'p7inPgpassOfTheServer4444',
  userlist: 'p7clearInTheUserlist55555',
  pooler: 'p7inADatabaseOfThePooler5',
  commandLine: 'p7onACommandLineInProc666',
  environment: 'p7inAnEnvironmentOfAProc7',
  errorUrl: 'p7inTheUrlOfAnErrorText88',
  errorKey: 'p7inTheWordsOfAnErrorText',
  waiver: 'p7inAJustificationOfOne00',
  header: 'p7onTheCoverOfTheReport11',
} as const;

const files: Readonly<Record<string, string>> = {
  '/etc/passwd': 'root:x:0:0::/root:/bin/sh\npostgres:x:26:26::/var/lib/pgsql:/bin/sh\n',
  '/etc/patroni/patroni.yml': `scope: pg-test
name: pg-test-1
restapi: { listen: "0.0.0.0:8008", authentication: { username: api, password: ${planted.restApi} } }
postgresql:
  authentication: { superuser: { username: postgres, password: "${planted.superuser}" } }
  parameters: { primary_conninfo: "host=10.0.0.11 user=replicator password=${planted.connection} sslmode=require" }
`,
  '/var/lib/pgsql/.pgpass': `*:*:*:replicator:${planted.pgpass}\n*:*:*:dba:${planted.pgpass}\n`,
  '/etc/pgbouncer/pgbouncer.ini': `[databases]\napp = host=10.0.0.11 dbname=app user=app password=${planted.pooler}\n[pgbouncer]\nlisten_port = 6432\n`,
  '/etc/pgbouncer/userlist.txt': `"app" "${planted.userlist}"\n"web" "${planted.userlist}"\n`,
  '/proc/10/status': 'Name:\tbackup.sh\nUid:\t26\t26\t26\t26\nVmSize:\t10 kB\n',
  '/proc/10/cmdline': `backup.sh\0--dsn=postgres://u:${planted.commandLine}@db/app\0`,
  '/proc/10/environ': `PGPASSWORD=${planted.environment}\0PATH=/bin\0`,
};

/** A member whose subscription fails, as PostgreSQL says it: with the connection string that somebody wrote. */
const failing = {
  id: 'pg.server',
  subject: 'instance',
  title: 'Version',
  privilege: 'none',
  grants: [],
  collect: () =>
    Promise.reject(
      new Error(
        `invalid connection string "postgres://app:${planted.errorUrl}@db/app", or "host=db password=${planted.errorKey} dbname=app"`,
      ),
    ),
} as const satisfies AnyProbe;

const at = '2026-11-21T20:33:20.000Z';

/** What the probes of a node see of a host with passwords in its files, below `root`, and a member that fails. */
export async function plantedSnapshot(root: string): Promise<Snapshot> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text, { mode: 0o644 });
  }
  const signal = AbortSignal.timeout(60_000);
  const bounds = { probeTimeoutMs: 30_000, now: () => new Date(at), signal };
  const access = { paths: pigstyPaths, root, isRoot: true, run: () => Promise.resolve(undefined) };
  const look = async (probe: AnyProbe, subject: string) => ({
    probe: probe.id,
    subject,
    observation: await observe(probe, subject, (until) => ({ node: openNodeAccess({ ...access, signal: until }) }), bounds),
  });
  const ofNode = auditRules.probes.filter(({ subject }) => subject === 'node');
  const observations = [...(await Promise.all(ofNode.map((probe) => look(probe, 'pg-test-1.node')))), await look(failing, 'pg-test-1')];
  return {
    formatVersion: 1,
    runId: '20261121T203319Z-1a2b3c4d',
    cluster: 'pg-test',
    startedAt: '2026-11-21T20:33:19.000Z',
    finishedAt: '2026-11-21T20:33:30.000Z',
    tool: { name: 'pgattest', version: '0.1.0' },
    subjects: [
      { id: 'pg-test', kind: 'cluster', cluster: 'pg-test' },
      { id: 'pg-test-1', kind: 'instance', cluster: 'pg-test', connect: 'host=pg-test-1' },
      { id: 'pg-test-1.node', kind: 'node', cluster: 'pg-test', member: 'pg-test-1' },
    ],
    observations: observations.toSorted((a, b) => (`${a.probe}/${a.subject}` < `${b.probe}/${b.subject}` ? -1 : 1)),
  };
}

/** The part of a configuration that is filed with a run, in which persons wrote passwords down. */
export async function plantedEvaluation(directory: string): Promise<EvaluationConfig> {
  const config = {
    clusters: [{ name: 'pg-test', members: [{ name: 'pg-test-1', dsn: 'host=127.0.0.1 user=a' }] }],
    header: { organisation: 'Example', system: `Orders at postgres://app:${planted.header}@db/app` },
    waivers: [
      {
        id: 'RISK-7',
        check: 'node-*',
        subject: '*',
        reason: `the tool logs in with password=${planted.waiver} until spring`,
        owner: 'dba',
        until: '2027-03-31',
      },
    ],
  };
  const file = join(directory, 'audit.yml');
  await writeFile(file, JSON.stringify(config));
  return settingsOf(await loadAuditConfig(file, auditRules), ['mlps-l3', 'soc2']).evaluation;
}
