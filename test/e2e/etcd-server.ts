import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createEtcdClient, Secret, type EtcdTarget } from '@pgattest/connect';
import { createAuthority, randomFreePort } from '@pgattest/lab';

const run = promisify(execFile);

/** One etcd of Debian on loopback. */
export interface EtcdServer {
  readonly folder: string;
  readonly url: string;
  readonly peerUrl: string;
  /** With the client's certificate, and without a login unless one is named. */
  target(login?: { readonly user: string; readonly password: string }): EtcdTarget;
  /** Runs etcdctl, by default without a login. */
  etcdctl(args: readonly string[], login?: string): Promise<string>;
  /** Users root and pg-test, the second one limited to `/pg/pg-test/`; access control on. */
  enableAuth(): Promise<void>;
  /** Ends the program at once; what it kept on disk stays. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, at the same address. */
  launch(): Promise<void>;
  stop(): Promise<void>;
}

/** Passwords of the users that `enableAuth` makes; must appear nowhere. */
export const etcdPasswords = { root: 'rT7-never-to-be-seen', 'pg-test': 'pT9-never-to-be-seen' } as const;

/** Starts one, with TLS and client certificates on both of its ports unless `plain`. */
export async function startEtcdServer(options: { readonly plain?: boolean } = {}): Promise<EtcdServer> {
  const folder = await mkdtemp(join(tmpdir(), 'pgattest-etcd-'));
  const scheme = options.plain === true ? 'http' : 'https';
  const clientPort = await randomFreePort();
  const peerPort = await randomFreePort([clientPort]);
  const url = `${scheme}://127.0.0.1:${clientPort}`;
  const peerUrl = `${scheme}://127.0.0.1:${peerPort}`;
  const file = (name: string): string => join(folder, name);
  const authority = createAuthority('etcd test authority', new Date());
  const server = authority.issue('etcd-1', ['127.0.0.1'], { role: 'peer' });
  // The gateway refuses a certificate with a common name where client-cert-auth is on; a trusted authority is enough.
  const client = authority.issue('auditor', [], { role: 'client' });
  await writeFile(file('ca.crt'), authority.certificate);
  await writeFile(file('server.crt'), server.certificate);
  await writeFile(file('server.key'), server.key, { mode: 0o600 });
  await writeFile(file('client.crt'), client.certificate);
  await writeFile(file('client.key'), client.key, { mode: 0o600 });
  const tls = (prefix: string): readonly string[] =>
    options.plain === true
      ? []
      : [
          `--${prefix}cert-file=${file('server.crt')}`,
          `--${prefix}key-file=${file('server.key')}`,
          `--${prefix}trusted-ca-file=${file('ca.crt')}`,
        ];
  let said = '';
  const launch = (): { readonly child: ChildProcess; readonly ended: Promise<void> } => {
    const child = spawn(
      'etcd',
      [
        '--name=etcd-1',
        `--data-dir=${file('data')}`,
        `--listen-client-urls=${url}`,
        `--advertise-client-urls=${url}`,
        `--listen-peer-urls=${peerUrl}`,
        `--initial-advertise-peer-urls=${peerUrl}`,
        `--initial-cluster=etcd-1=${peerUrl}`,
        '--bcrypt-cost=4',
        '--log-level=error',
        '--quota-backend-bytes=67108864',
        ...tls(''),
        ...tls('peer-'),
      ],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', ETCD_UNSUPPORTED_ARCH: process.arch },
      },
    );
    child.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-4_000)));
    const ended = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', () => resolve());
    });
    return { child, ended };
  };
  let running = launch();
  const kill = async (): Promise<void> => {
    running.child.kill('SIGKILL');
    await running.ended;
  };
  const healthy = (): Promise<void> =>
    untilHealthy(target(), () => (running.child.exitCode === null ? undefined : said));
  const target: EtcdServer['target'] = (login) => ({
    url,
    ...(options.plain === true
      ? {}
      : { caFile: file('ca.crt'), certFile: file('client.crt'), keyFile: file('client.key') }),
    ...(login === undefined ? {} : { credentials: { user: login.user, password: new Secret(login.password) } }),
  });
  const etcdctl: EtcdServer['etcdctl'] = async (args, login) => {
    const { stdout } = await run('etcdctl', args, {
      env: {
        PATH: process.env['PATH'] ?? '/usr/bin:/bin',
        ETCDCTL_API: '3',
        ETCDCTL_ENDPOINTS: url,
        ...(options.plain === true
          ? {}
          : { ETCDCTL_CACERT: file('ca.crt'), ETCDCTL_CERT: file('client.crt'), ETCDCTL_KEY: file('client.key') }),
        ...(login === undefined ? {} : { ETCDCTL_USER: login }),
      },
    });
    return stdout.trimEnd();
  };
  const stop = async (): Promise<void> => {
    await kill();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await healthy();
  } catch (cause) {
    await stop();
    throw cause;
  }
  return {
    folder,
    url,
    peerUrl,
    target,
    etcdctl,
    async enableAuth() {
      for (const [user, password] of Object.entries(etcdPasswords)) {
        await etcdctl(['role', 'add', user]);
        await etcdctl(['user', 'add', `${user}:${password}`]);
        await etcdctl(['user', 'grant-role', user, user]);
      }
      await etcdctl(['role', 'grant-permission', 'pg-test', '--prefix=true', 'readwrite', '/pg/pg-test/']);
      await etcdctl(['auth', 'enable']);
    },
    kill,
    async launch() {
      running = launch();
      await healthy();
    },
    stop,
  };
}

/** Machines are slow: a minute. A program that ended has said why. */
async function untilHealthy(target: EtcdTarget, died: () => string | undefined): Promise<void> {
  const client = createEtcdClient(target, { timeoutMs: 5_000 });
  const deadline = AbortSignal.timeout(60_000);
  for (;;) {
    const words = died();
    if (words !== undefined) throw new Error(`etcd ended: ${words}`);
    const health = await client.health(deadline).catch((error: unknown) => {
      if (deadline.aborted) throw error;
      return undefined;
    });
    if (health?.isHealthy === true) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
