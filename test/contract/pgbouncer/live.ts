import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomFreePort, startDemoCluster, waitFor, type DemoCluster } from '@pgattest/lab';
import { Client } from 'pg';

/** Users of the pooler; only the first is a user of PostgreSQL too. */
export type PoolerUser = 'app_rw' | 'admin' | 'monitor' | 'outsider';

/** A PgBouncer of Debian before a real PostgreSQL, and what a test does to it. */
export interface LivePgbouncer {
  readonly dir: string;
  readonly port: number;
  readonly pidFile: string;
  /** URL of the console for a user; over TCP, or over the Unix socket. */
  console(user: PoolerUser, options?: { readonly password?: string; readonly query?: string }): string;
  /** A command on the console as its administrator. */
  command(sql: string): Promise<void>;
  /** A client of the database `app`, connected; the caller ends it. */
  client(applicationName: string): Promise<Client>;
  /** Writes the settings and starts PgBouncer. */
  start(settings?: Readonly<Record<string, string>>): Promise<void>;
  /** Ends it; SIGKILL does not let it say goodbye. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** Ends everything and removes the directory. */
  close(): Promise<void>;
}

/** Debian gives it to nobody; PgBouncer refuses to run as root. */
const nobody = { uid: 65_534, gid: 65_534 };
const isRoot = process.getuid?.() === 0;
const program = 'pgbouncer';
const passwords: Readonly<Record<Exclude<PoolerUser, 'app_rw'>, string>> = {
  admin: 'the-Admin-2026',
  monitor: 'the-Monitor-2026',
  outsider: 'the-Outsider-2026',
};

/** Starts PostgreSQL and PgBouncer, both on loopback and on free ports. */
export async function startLivePgbouncer(): Promise<LivePgbouncer> {
  const cluster = await startDemoCluster({ durable: false, replicas: 0 });
  try {
    return await startPooler(cluster);
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

async function startPooler(cluster: DemoCluster): Promise<LivePgbouncer> {
  const dir = await mkdtemp(join(tmpdir(), 'pgattest-pgbouncer-'));
  if (isRoot) await chown(dir, nobody.uid, nobody.gid);
  const port = await randomFreePort();
  const pidFile = join(dir, 'pgbouncer.pid');
  const passfile = await readFile(cluster.passfile('app'), 'utf8');
  const password = passfile.trim().split('\n')[0]?.split(':').at(-1) ?? '';
  const all = { ...passwords, app_rw: password };
  let child: ChildProcess | undefined;
  let log = '';

  const put = async (name: string, text: string): Promise<void> => {
    await writeFile(join(dir, name), text, { mode: 0o600 });
    if (isRoot) await chown(join(dir, name), nobody.uid, nobody.gid);
  };
  const stop: LivePgbouncer['stop'] = async (signal = 'SIGTERM') => {
    const ending = child;
    child = undefined;
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = once(ending, 'exit');
    ending.kill(signal);
    ending.kill('SIGCONT');
    await ended;
  };
  const start: LivePgbouncer['start'] = async (settings = {}) => {
    const { host, port: serverPort } = cluster.primary;
    const merged = {
      listen_addr: '127.0.0.1',
      listen_port: String(port),
      unix_socket_dir: dir,
      pidfile: pidFile,
      auth_type: 'scram-sha-256',
      auth_file: join(dir, 'userlist.txt'),
      admin_users: 'admin',
      stats_users: 'monitor',
      pool_mode: 'transaction',
      default_pool_size: '1',
      max_client_conn: '50',
      server_tls_sslmode: 'require',
      server_login_retry: '1',
      query_wait_timeout: '60',
      ...settings,
    };
    await put(
      'userlist.txt',
      Object.entries(all)
        .map(([name, word]) => `"${name}" "${word}"\n`)
        .join(''),
    );
    const lines = Object.entries(merged).map(([key, value]) => `${key} = ${value}`);
    await put(
      'pgbouncer.ini',
      `[databases]\napp = host=${host} port=${serverPort} dbname=app\n[pgbouncer]\n${lines.join('\n')}\n`,
    );
    const started = spawn(program, [join(dir, 'pgbouncer.ini')], {
      cwd: dir,
      env: { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` },
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(isRoot ? nobody : {}),
    });
    child = started;
    started.stderr.on('data', (chunk: Buffer) => {
      log += chunk.toString();
    });
    const failed = once(started, 'error').then(([error]) => Promise.reject(error));
    failed.catch(() => undefined);
    const isUp = await Promise.race([waitFor(() => accepts(port), { timeoutMs: 30_000 }), failed]);
    if (isUp !== true) throw new Error(`PgBouncer does not listen on ${port}:\n${log}`);
  };
  const connectAs = async (user: PoolerUser, database: string, applicationName: string): Promise<Client> => {
    const client = new Client({
      host: '127.0.0.1',
      port,
      user,
      database,
      password: all[user],
      application_name: applicationName,
      connectionTimeoutMillis: 20_000,
      ssl: false,
    });
    // One that PgBouncer throws out must fail the query, not the process.
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  await start();
  return {
    dir,
    port,
    pidFile,
    console: (user, { password: given, query = 'sslmode=disable' } = {}) =>
      `postgres://${user}:${encodeURIComponent(given ?? all[user])}@127.0.0.1:${port}/pgbouncer?${query}`,
    async command(sql) {
      const client = await connectAs('admin', 'pgbouncer', 'test');
      try {
        await client.query(sql);
      } finally {
        await client.end();
      }
    },
    client: (applicationName) => connectAs('app_rw', 'app', applicationName),
    start,
    stop,
    signal(signal) {
      child?.kill(signal);
    },
    async close() {
      await stop('SIGKILL');
      await cluster.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function accepts(port: number): Promise<true | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(undefined));
  });
}
