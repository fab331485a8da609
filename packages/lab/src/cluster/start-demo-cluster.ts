import { spawnSync } from 'node:child_process';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '../errors.ts';
import { createAuthority, type Authority } from '../pki/authority.ts';
import { nextFreePort, randomFreePort } from '../process/ports.ts';
import { createRunDirectory, keepFile, reapLeftovers } from '../process/run-directory.ts';
import { canAccess, chooseServerUser, type SystemUser } from '../process/system-user.ts';
import { startWatchdog, type Watchdog } from '../process/watchdog.ts';
import { waitFor } from '../process/wait.ts';
import { bundledServerDir, prepareBinaries, type ServerBinaries } from '../server/binaries.ts';
import { renderConfiguration, renderRecoveryConf, type StandbyConfiguration } from '../server/configuration.ts';
import { renderHba } from '../server/hba.ts';
import { bootstrapSql, defaultAuditorGrants } from '../server/roles.ts';
import { createAdmin, execInOrder, type AdminTarget } from './admin.ts';
import { createCredentials, passfileLine, type Credentials } from './credentials.ts';
import { DemoCluster } from './demo-cluster.ts';
import { DemoNode } from './demo-node.ts';
import { giveTree, makeServerDir, writeServerFile } from './server-files.ts';

/** What a start does, in this order. */
export type DemoClusterStep = 'prepare' | 'create' | 'start' | 'replicate';

/** What to start; every default is right for a test. */
export interface DemoClusterOptions {
  /** Streaming replicas beside the primary. */
  readonly replicas?: number;
  /** Name of the cluster; instances are `<name>-1`, `<name>-2`, ... */
  readonly name?: string;
  /** Directory with bin, lib and share of another PostgreSQL (10 to 18); the bundled one by default. */
  readonly serverDir?: string;
  /** Run directory: new or empty. A new one below the temporary directory by default. */
  readonly dir?: string;
  /** First port to try; unset takes free ports from anywhere. */
  readonly firstPort?: number;
  /** False turns fsync off. */
  readonly durable?: boolean;
  /** Leaves the directory when the cluster stops. */
  readonly keep?: boolean;
  /** Statements that give `pgattest_auditor` what its probes read beyond pg_monitor; by default defaultAuditorGrants. */
  readonly auditorGrants?: readonly string[];
  /** Told before each step, for a progress display; the instance it is about, if it is about one. */
  readonly onStep?: (step: DemoClusterStep, instance?: string) => void;
}

/** Everything the steps of a start share. */
interface Site {
  readonly name: string;
  readonly dir: string;
  readonly socketDir: string;
  readonly archiveDir: string;
  readonly caFile: string;
  readonly authority: Authority;
  readonly credentials: Credentials;
  readonly binaries: ServerBinaries;
  readonly user: SystemUser | undefined;
  readonly durable: boolean;
}

const host = '127.0.0.1';
// sun_path holds 108 bytes with its final zero; the longest name a server makes is `.s.PGSQL.65535.lock`.
const longestSocketDir = 107 - '/.s.PGSQL.65535.lock'.length;

/**
 * Starts a real PostgreSQL primary with streaming replicas on 127.0.0.1: TLS from an authority of its own, SCRAM,
 * checksums, one role per purpose. Nothing of it outlives this process. Errors: LabError.
 */
export async function startDemoCluster(options: DemoClusterOptions = {}): Promise<DemoCluster> {
  const step = options.onStep ?? ((): void => {});
  reapLeftovers();
  const user = chooseServerUser();
  const dir = createRunDirectory(options.dir);
  const watchdog = startWatchdog(dir);
  const nodes: DemoNode[] = [];
  try {
    if (options.keep === true) writeFileSync(join(dir, keepFile), '');
    step('prepare');
    const site = prepareSite(options, dir, user);
    nodes.push(...(await planNodes(site, 1 + (options.replicas ?? 1), options.firstPort)));
    const [primary, ...replicas] = nodes;
    if (primary === undefined) throw new RangeError('a cluster has at least one instance');

    step('create', primary.name);
    initialise(site, primary);
    configure(site, primary, undefined);
    await primary.start();
    await bootstrap(site, primary, replicas, options.auditorGrants);

    if (replicas.length > 0) {
      // A copy of a cleanly stopped primary is a complete standby on every major, with no backup to wait for.
      await primary.stop('fast');
      for (const replica of replicas) {
        step('create', replica.name);
        cloneStandby(site, primary, replica);
      }
      step('start');
      await primary.start();
      await Promise.all(replicas.map(async (node) => node.start()));
    }
    const cluster = new DemoCluster({
      ...site,
      nodes,
      end: async () => endRun(nodes, watchdog, options.keep === true ? undefined : dir),
    });
    if (replicas.length > 0) {
      step('replicate');
      await waitForStreaming(cluster, replicas.length);
    }
    return cluster;
  } catch (error) {
    await endRun(nodes, watchdog, dir);
    throw error;
  }
}

function prepareSite(options: DemoClusterOptions, dir: string, user: SystemUser | undefined): Site {
  if (!canAccess(user, 'x', dir)) {
    throw new LabError(
      'directory_unusable',
      `${user?.name ?? 'this user'}, who runs PostgreSQL, cannot enter ${dir}; choose a directory outside private home directories, such as one below /var/tmp`,
    );
  }
  const socketDir = join(dir, 'run');
  if (Buffer.byteLength(socketDir) > longestSocketDir) {
    throw new LabError('directory_unusable', `${dir} is too long a path for Unix sockets; choose a shorter one`);
  }
  const name = options.name ?? 'pg-demo';
  const authority = createAuthority(`${name} authority`, new Date());
  const caFile = join(dir, 'ca.crt');
  writeFileSync(caFile, authority.certificate, { mode: 0o644 });
  return {
    name,
    dir,
    socketDir: makeServerDir(socketDir, user),
    archiveDir: makeServerDir(join(dir, 'archive'), user),
    caFile,
    authority,
    credentials: createCredentials(join(dir, 'secrets')),
    binaries: prepareBinaries(options.serverDir ?? bundledServerDir(), user, join(dir, 'server')),
    user,
    durable: options.durable ?? true,
  };
}

async function planNodes(site: Site, count: number, firstPort: number | undefined): Promise<readonly DemoNode[]> {
  const nodes: DemoNode[] = [];
  for (let number = 1; number <= count; number += 1) {
    const taken = nodes.map((node) => node.port);
    const port = firstPort === undefined ? await randomFreePort(taken) : await nextFreePort(firstPort, taken);
    const name = `${site.name}-${number}`;
    nodes.push(
      new DemoNode({
        name,
        roleAtStart: number === 1 ? 'primary' : 'replica',
        host,
        port,
        runDir: site.dir,
        nodeDir: makeServerDir(join(site.dir, name), site.user),
        binaries: site.binaries,
        user: site.user,
        admin: createAdmin(superuserAt(site, port, 'postgres')),
      }),
    );
  }
  return nodes;
}

function initialise(site: Site, node: DemoNode): void {
  const passwordFile = join(site.dir, node.name, 'initdb.password');
  writeServerFile(passwordFile, `${site.credentials.passwords.postgres}\n`, site.user);
  const result = spawnSync(
    join(site.binaries.binDir, 'initdb'),
    [
      `--pgdata=${node.dataDir}`,
      '--username=postgres',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--data-checksums',
      '--encoding=UTF8',
      '--locale=C',
      ...(site.durable ? [] : ['--nosync']),
    ],
    {
      ...(site.user === undefined ? {} : { uid: site.user.uid, gid: site.user.gid }),
      cwd: '/',
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
      encoding: 'utf8',
    },
  );
  rmSync(passwordFile);
  if (result.status !== 0) {
    const reason = result.error?.message ?? `${result.stdout}\n${result.stderr}`.trim();
    throw new LabError('start_failed', `initdb of ${node.name} failed: ${reason}`, { cause: result.error });
  }
}

function configure(site: Site, node: DemoNode, standby: StandbyConfiguration | undefined): void {
  const { versionNum } = site.binaries;
  const identity = site.authority.issue(node.name, [node.name, 'localhost', host]);
  const files = {
    'postgresql.conf': renderConfiguration({
      versionNum,
      clusterName: node.name,
      port: node.port,
      socketDir: site.socketDir,
      archiveDir: site.archiveDir,
      durable: site.durable,
      standby,
    }),
    'pg_hba.conf': renderHba(),
    'server.crt': identity.certificate,
    'server.key': identity.key,
    ...(standby === undefined
      ? {}
      : versionNum >= 120000
        ? { 'standby.signal': '' }
        : { 'recovery.conf': renderRecoveryConf(standby) }),
  };
  for (const [file, text] of Object.entries(files)) writeServerFile(join(node.dataDir, file), text, site.user);
}

async function bootstrap(
  site: Site,
  primary: DemoNode,
  replicas: readonly DemoNode[],
  auditorGrants: readonly string[] | undefined,
): Promise<void> {
  const sql = bootstrapSql(site.credentials.verifiers, auditorGrants ?? defaultAuditorGrants(site.binaries.versionNum));
  await execInOrder(superuserAt(site, primary.port, 'postgres'), [
    ...sql.postgres,
    ...replicas.map((node) => `SELECT pg_create_physical_replication_slot('${slotOf(node)}', true)`),
  ]);
  await execInOrder(superuserAt(site, primary.port, 'app'), sql.app);
}

function cloneStandby(site: Site, primary: DemoNode, replica: DemoNode): void {
  // Slots belong to the primary; the log is each server's own.
  const left = ['pg_replslot', 'log'].map((name) => join(primary.dataDir, name));
  cpSync(primary.dataDir, replica.dataDir, {
    recursive: true,
    filter: (path) => !left.some((dir) => path.startsWith(`${dir}/`)) && !path.endsWith('/postmaster.opts'),
  });
  giveTree(replica.dataDir, site.user);
  makeServerDir(replica.dataDir, site.user);
  const passfile = join(site.dir, replica.name, 'replicator.pgpass');
  writeServerFile(passfile, passfileLine('replicator', site.credentials.passwords.replicator), site.user);
  // hostaddr beside a name: libpq before 15 does not match a certificate's IP addresses.
  const conninfo = `host=localhost hostaddr=${host} port=${primary.port} user=replicator passfile=${passfile} sslmode=verify-full sslrootcert=${site.caFile} application_name=${replica.name}`;
  configure(site, replica, { conninfo, slot: slotOf(replica) });
}

async function waitForStreaming(cluster: DemoCluster, replicas: number): Promise<void> {
  const streaming = await waitFor(
    async () => {
      const rows = await cluster
        .admin(cluster.primary)
        .rows(`SELECT count(*) AS streaming FROM pg_stat_replication WHERE state = 'streaming'`);
      return rows[0]?.['streaming'] === String(replicas) ? true : undefined;
    },
    { timeoutMs: 60_000, everyMs: 50 },
  );
  if (streaming === undefined) {
    throw new LabError(
      'timeout',
      `not all ${replicas} replicas of ${cluster.name} stream after 60 s; see ${cluster.replica.logFile}`,
    );
  }
}

async function endRun(nodes: readonly DemoNode[], watchdog: Watchdog, remove: string | undefined): Promise<void> {
  const results = await Promise.allSettled(nodes.map(async (node) => node.stop('fast')));
  if (remove !== undefined) rmSync(remove, { recursive: true, force: true, maxRetries: 5 });
  await watchdog.dismiss();
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

function superuserAt(site: Site, port: number, database: string): AdminTarget {
  return { socketDir: site.socketDir, port, password: site.credentials.passwords.postgres, database };
}

/** Slot names allow no hyphen. */
function slotOf(node: DemoNode): string {
  return node.name.replaceAll('-', '_');
}
