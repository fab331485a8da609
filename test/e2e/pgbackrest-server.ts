import { spawn } from 'node:child_process';
import { chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

/** How a program ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A PostgreSQL 15 of Debian that archives into two repositories of pgBackRest, the second one encrypted. */
export interface BackrestServer {
  readonly folder: string;
  readonly config: string;
  readonly port: number;
  readonly url: string;
  /** Runs pgbackrest for the stanza as the owner of everything; rejects when it fails. */
  backrest(...args: readonly string[]): Promise<Ended>;
  /** The same without judging how it ended. */
  tryBackrest(...args: readonly string[]): Promise<Ended>;
  /** Starts pgbackrest and does not wait; its process group is ended with the server at the latest. */
  startBackrest(...args: readonly string[]): { readonly pid: number; readonly ended: Promise<Ended> };
  sql(text: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Writes something and switches to the next segment. */
  switchWal(): Promise<void>;
  /** Restarts the server as a standby of nobody and promotes it: the next timeline begins. */
  promote(): Promise<void>;
  /** Sets a server setting and reloads. */
  set(name: string, value: string): Promise<void>;
  /** Puts lines into [global] of a copy of the configuration; its path. */
  configWith(name: string, change: (text: string) => string): Promise<string>;
  stop(): Promise<void>;
}

const binaries = '/usr/lib/postgresql/15/bin';
/** The stanza of every server made here. */
export const stanza = 'demo';
/** Of the second repository; must appear nowhere. */
export const repositoryPass = 'kYmE9-never-to-be-seen';

const path = `${binaries}:${process.env['PATH'] ?? '/usr/bin:/bin'}`;
const isRoot = process.getuid?.() === 0;

/** User that owns the server; PostgreSQL does not run as root. */
export const serverUser = isRoot ? 'postgres' : undefined;

/** Starts one with stanza and no backups. */
export async function startBackrestServer(): Promise<BackrestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'pgattest-backrest-'));
  const owner = await ownerIds();
  const own = async (file: string): Promise<void> => {
    if (owner !== undefined) await chown(file, owner.uid, owner.gid);
  };
  await own(folder);
  for (const name of ['repo1', 'repo2', 'spool', 'lock', 'log', 'sock', 'pg']) {
    await mkdir(join(folder, name), { mode: 0o750 });
    await own(join(folder, name));
  }
  const port = await freePort();
  const config = join(folder, 'pgbackrest.conf');
  const writeConfig = async (file: string, text: string): Promise<void> => {
    await writeFile(file, text, { mode: 0o640 });
    await own(file);
  };
  await writeConfig(config, configText(folder, port));
  const data = join(folder, 'pg', 'data');
  const log = join(folder, 'pg.log');
  const started = new Set<number>();
  const run = (program: string, args: readonly string[]): { readonly pid: number; readonly ended: Promise<Ended> } =>
    start(program, args, folder, started);
  const must = async (program: string, args: readonly string[]): Promise<Ended> => {
    const ended = await run(program, args).ended;
    if (ended.code === 0) return ended;
    const server = await readFile(log, 'utf8').catch(() => '');
    throw new Error(`${program} ${args.join(' ')} ended with ${ended.code}: ${ended.stdout}${ended.stderr}\n${server}`);
  };
  const backrestArgs = (args: readonly string[]): readonly string[] => [
    `--config=${config}`,
    `--stanza=${stanza}`,
    ...args,
  ];
  const sql = async (text: string): Promise<readonly Readonly<Record<string, unknown>>[]> => {
    const client = new Client({ host: join(folder, 'sock'), port, user: 'postgres', database: 'postgres' });
    await client.connect();
    try {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- pg types rows as any
      return (await client.query(text)).rows as readonly Readonly<Record<string, unknown>>[];
    } finally {
      await client.end();
    }
  };
  const stop = async (): Promise<void> => {
    for (const pid of started) endGroup(pid);
    await run(`${binaries}/pg_ctl`, ['-D', data, '-m', 'immediate', '-w', 'stop']).ended;
    await rm(folder, { recursive: true, force: true });
  };
  const server: BackrestServer = {
    folder,
    config,
    port,
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    backrest: (...args) => must('pgbackrest', backrestArgs(args)),
    tryBackrest: (...args) => run('pgbackrest', backrestArgs(args)).ended,
    startBackrest: (...args) => run('pgbackrest', backrestArgs(args)),
    sql,
    async switchWal() {
      await sql(`SELECT pg_create_restore_point('pgattest')`);
      await sql('SELECT pg_switch_wal()');
    },
    async set(name, value) {
      await sql(`ALTER SYSTEM SET ${name} = '${value.replaceAll("'", "''")}'`);
      await sql('SELECT pg_reload_conf()');
    },
    async promote() {
      await must(`${binaries}/pg_ctl`, ['-D', data, '-m', 'fast', '-w', 'stop']);
      await writeFile(join(data, 'standby.signal'), '');
      await own(join(data, 'standby.signal'));
      await must(`${binaries}/pg_ctl`, ['-D', data, '-l', log, '-w', '-t', '60', 'start']);
      await must(`${binaries}/pg_ctl`, ['-D', data, '-w', '-t', '60', 'promote']);
    },
    async configWith(name, change) {
      const file = join(folder, name);
      await writeConfig(file, change(configText(folder, port)));
      return file;
    },
    stop,
  };
  try {
    await must(`${binaries}/initdb`, ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync']);
    await writeFile(join(data, 'postgresql.auto.conf'), serverText(folder, port, config));
    await own(join(data, 'postgresql.auto.conf'));
    await must(`${binaries}/pg_ctl`, ['-D', data, '-l', log, '-w', '-t', '60', 'start']);
    await server.backrest('stanza-create');
    return server;
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The command that archives a segment with this configuration. */
export function archiveCommand(config: string): string {
  return `pgbackrest --config=${config} --stanza=${stanza} archive-push %p`;
}

function configText(folder: string, port: number): string {
  return `[global]
repo1-path=${folder}/repo1
repo1-retention-full=3
repo2-path=${folder}/repo2
repo2-cipher-type=aes-256-cbc
repo2-cipher-pass=${repositoryPass}
repo2-retention-full-type=time
repo2-retention-full=14
lock-path=${folder}/lock
log-path=${folder}/log
spool-path=${folder}/spool
log-level-file=info
archive-timeout=60
start-fast=y
compress-type=gz
compress-level=1

[${stanza}]
pg1-path=${folder}/pg/data
pg1-port=${port}
pg1-socket-path=${folder}/sock
`;
}

function serverText(folder: string, port: number, config: string): string {
  return `listen_addresses = '127.0.0.1'
port = ${port}
unix_socket_directories = '${folder}/sock'
fsync = off
shared_buffers = 16MB
archive_mode = on
archive_command = '${archiveCommand(config)}'
wal_level = replica
`;
}

function start(
  program: string,
  args: readonly string[],
  folder: string,
  started: Set<number>,
): { readonly pid: number; readonly ended: Promise<Ended> } {
  const identity =
    serverUser === undefined
      ? []
      : ['setpriv', `--reuid=${serverUser}`, `--regid=${serverUser}`, '--init-groups', '--'];
  const [file = program, ...rest] = [...identity, program, ...args];
  const env = { PATH: path, HOME: folder, LC_ALL: 'C' };
  const child = spawn(file, rest, { env, cwd: '/', detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const pid = child.pid ?? -1;
  started.add(pid);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    // pg_ctl leaves the server with its output open, so its exit counts and not the end of the output.
    child.once('exit', (code) => {
      started.delete(pid);
      setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        resolve({ code, stdout, stderr });
      }, 50);
    });
  });
  return { pid, ended };
}

/** Ends a process group at once; nobody there is no error. */
export function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    return;
  }
}

async function ownerIds(): Promise<{ readonly uid: number; readonly gid: number } | undefined> {
  if (serverUser === undefined) return undefined;
  const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((one) => one.startsWith(`${serverUser}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (uid === undefined || gid === undefined) throw new Error(`there is no user ${serverUser}: install postgresql-15`);
  return { uid: Number(uid), gid: Number(gid) };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
