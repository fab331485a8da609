import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { promisify } from 'node:util';
import { pgExporterCommand } from '@pgattest/exporter';
import { createAuthority, startDemoCluster, waitFor, type DemoCluster } from '@pgattest/lab';
import { runCommand } from '@pgattest/runtime';
import { hash } from 'bcryptjs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { scrape } from './exporter-harness.ts';

const run = promisify(execFile);

interface Running {
  readonly url: string;
  readonly log: () => string;
  readonly stop: () => Promise<number>;
}

/** Status and body as curl gets them; 0 when there is no answer. */
async function curl(...args: readonly string[]): Promise<{ readonly status: number; readonly body: string }> {
  const marker = '\n--status ';
  const all = ['-s', '-m', '60', '-w', `${marker}%{http_code}`, ...args];
  const { stdout } = await run('curl', all, { maxBuffer: 64 * 1024 * 1024 }).catch((error: unknown) => ({
    stdout: error instanceof Error && 'stdout' in error ? String(error.stdout) : '',
  }));
  const at = stdout.lastIndexOf(marker);
  return { status: Number(stdout.slice(at + marker.length)), body: stdout.slice(0, at) };
}

/** TLS and one user. */
const config = async (password: string): Promise<string> =>
  `tls_server_config: {cert_file: server.crt, key_file: server.key}\nbasic_auth_users: {prometheus: "${await hash(password, 4)}"}\n`;

/** A collector file with one value. */
const branch = (value: number): string => `app: {query: SELECT ${value} AS v, metrics: [{v: {usage: GAUGE}}]}\n`;

describe('operating the running program', { timeout: 300_000 }, () => {
  let cluster: DemoCluster;
  let dir = '';
  let running: Running | undefined;
  beforeAll(async () => {
    cluster = await startDemoCluster({ durable: false });
  }, 300_000);
  afterAll(async () => {
    await cluster.stop();
  });
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'pgattest-operations-'));
  });
  afterEach(async () => {
    await running?.stop();
    running = undefined;
    await rm(dir, { recursive: true });
  });

  /** The program as its bin runs it, but for the process around it. */
  async function start(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Running> {
    const stderr = new PassThrough();
    let written = '';
    stderr.on('data', (chunk: Buffer) => (written += chunk.toString()));
    const io = { stdout: new PassThrough(), stderr, stdin: new PassThrough() };
    const args = ['--web.listen-address', '127.0.0.1:0', '--config', 'builtin', ...argv];
    const code = runCommand(pgExporterCommand, args, {
      ...io,
      env: { PG_EXPORTER_URL: cluster.dsn(cluster.primary, 'monitor'), PG_EXPORTER_CONNECT_TIMEOUT: '20000', ...env },
    });
    const address = await waitFor(() => /addresses\S*?(127\.0\.0\.1:\d+)/.exec(written)?.[1], { timeoutMs: 60_000 });
    const isTls = written.includes('tls=true');
    let stopped: Promise<number> | undefined;
    const stop = (): Promise<number> => {
      if (stopped === undefined) process.emit('SIGTERM');
      return (stopped ??= code);
    };
    running = { url: `${isTls ? 'https' : 'http'}://${address ?? ''}`, log: () => written, stop };
    return running;
  }

  test('TLS, a password and its rotation protect every path', async () => {
    const authority = createAuthority('pgattest test', new Date());
    const identity = authority.issue('127.0.0.1', ['127.0.0.1']);
    await writeFile(join(dir, 'ca.crt'), authority.certificate);
    await writeFile(join(dir, 'server.crt'), identity.certificate);
    await writeFile(join(dir, 'server.key'), identity.key);
    const file = join(dir, 'web.yml');
    await writeFile(file, await config('scrape-me'));
    const { url, log } = await start(['--web.config.file', file]);
    const trust = ['--cacert', join(dir, 'ca.crt')];
    const old = ['-u', 'prometheus:scrape-me'];

    const page = await curl(...trust, ...old, `${url}/metrics`);
    expect([page.status, page.body.includes('\npg_up 1\n')]).toEqual([200, true]);
    for (const path of ['/metrics', '/up', '/explain', '/api/status', '/nothing', '/']) {
      expect({ path, status: (await curl(...trust, url + path)).status }).toEqual({ path, status: 401 });
    }
    expect((await curl(...trust, '-X', 'POST', `${url}/reload`)).status).toBe(401);
    expect((await curl(...trust, ...old, '-X', 'POST', `${url}/reload`)).status).toBe(200);
    expect((await curl(`${url.replace('https', 'http')}/metrics`)).body).not.toContain('pg_up');
    expect((await curl(`${url}/metrics`)).status).toBe(0);

    await writeFile(file, await config('rotated'));
    expect((await curl(...trust, ...old, `${url}/metrics`)).status).toBe(401);
    expect((await curl(...trust, '-u', 'prometheus:rotated', `${url}/metrics`)).status).toBe(200);
    expect(log()).not.toContain('scrape-me');
  });

  test('a web configuration that cannot be used is a reason not to start, with its line', async () => {
    const file = join(dir, 'web.yml');
    await writeFile(file, 'basic_auth_users:\n  prometheus: plain\n');
    const stderr = new PassThrough();
    const io = { stdout: new PassThrough(), stderr, stdin: new PassThrough(), env: {} };
    const argv = ['--config', 'builtin', '--web.listen-address', '127.0.0.1:0', '--web.config.file', file];
    expect(await runCommand(pgExporterCommand, argv, io)).toBe(2);
    expect(String(stderr.read())).toContain(`${file}:2:15 /basic_auth_users/prometheus is no bcrypt hash`);
  });

  test('collector files are read again on request; broken ones change nothing and say why', async () => {
    const file = join(dir, 'collectors.yml');
    await writeFile(file, branch(1));
    const { url } = await start(['-c', file]);
    const value = async (): Promise<number | undefined> => (await scrape(`${url}/metrics`)).value('app_v');
    expect(await value()).toBe(1);

    await writeFile(file, branch(2));
    expect(await value()).toBe(1);
    expect((await curl(`${url}/reload`)).status).toBe(405);
    expect(await curl('-X', 'POST', `${url}/reload`)).toEqual({ status: 200, body: 'server reloaded\n' });
    expect(await value()).toBe(2);

    await writeFile(file, 'app: {query: SELECT 3 AS v, metrics: [{v: {usage: NOTHING}}]}\n');
    const refused = await curl('-X', 'POST', `${url}/reload`);
    expect(refused.status).toBe(500);
    expect(refused.body).toContain('fail to reload: ');
    expect(refused.body).toContain(`${file}:1:`);
    expect(await value()).toBe(2);

    for (const [name, wanted] of [
      ['SIGHUP', 4],
      ['SIGUSR1', 5],
    ] as const) {
      await writeFile(file, branch(wanted));
      process.emit(name);
      expect(await waitFor(async () => ((await value()) === wanted ? true : undefined), { timeoutMs: 60_000 })).toBe(
        true,
      );
    }
  });

  test('GET /reload works where it was asked for', async () => {
    const { url } = await start(['--web.get-reload']);
    expect(await curl(`${url}/reload`)).toEqual({ status: 200, body: 'server reloaded\n' });
  });

  test('a broken collector file is a reason not to start', async () => {
    const file = join(dir, 'collectors.yml');
    await writeFile(file, 'app: {query: "", metrics: []}\n');
    const stderr = new PassThrough();
    const io = { stdout: new PassThrough(), stderr, stdin: new PassThrough(), env: {} };
    expect(await runCommand(pgExporterCommand, ['-c', file], io)).toBe(2);
    expect(String(stderr.read())).toContain(`${file}:1:`);
  });

  test('a password that is rotated in its file is used for the next session', async () => {
    const admin = cluster.admin(cluster.primary);
    const password = async (text: string): Promise<void> => {
      await admin.exec(`ALTER ROLE rotator PASSWORD '${text}'`);
      await writeFile(join(dir, 'pgpass'), `*:*:*:rotator:${text}\n`, { mode: 0o600 });
      const ended = await admin.rows(
        `SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'rotator'`,
      );
      const pids = ended.map((row) => row['pid']).join(', ');
      const isOver = async (): Promise<true | undefined> =>
        pids === '' || (await admin.rows(`SELECT 1 FROM pg_stat_activity WHERE pid IN (${pids})`)).length === 0
          ? true
          : undefined;
      expect(await waitFor(isOver, { timeoutMs: 60_000 })).toBe(true);
    };
    await admin.exec('CREATE ROLE rotator LOGIN IN ROLE pg_monitor');
    await admin.exec('GRANT CONNECT ON DATABASE postgres TO rotator');
    cluster.primary.appendHba('hostssl all rotator 127.0.0.1/32 scram-sha-256');
    await cluster.primary.reload();
    await password('the-First-Password-2026');
    const { host, port } = cluster.primary;
    const dsn = `host=${host} port=${port} user=rotator dbname=postgres sslmode=require passfile=${dir}/pgpass`;
    const { url, log } = await start([], { PG_EXPORTER_URL: dsn });
    expect((await scrape(`${url}/metrics`)).value('pg_up')).toBe(1);
    await password('the-Second-Password-2026');
    expect((await scrape(`${url}/metrics`)).value('pg_up')).toBe(1);
    expect(log()).not.toMatch(/the-(?:First|Second)/);
  });

  test('a URL that changes in its file is followed, one that cannot be read is not', async () => {
    const file = join(dir, 'url');
    await writeFile(file, `${cluster.dsn(cluster.primary, 'monitor')}\n`);
    const { url, log } = await start([], { PG_EXPORTER_URL: '', PG_EXPORTER_URL_FILE: file });
    expect((await scrape(`${url}/metrics`)).value('pg_in_recovery')).toBe(0);
    await writeFile(file, `${cluster.dsn(cluster.replica, 'monitor')}\n`);
    expect((await scrape(`${url}/metrics`)).value('pg_in_recovery')).toBe(1);
    const left = await waitFor(
      async () => {
        const ours = `SELECT 1 FROM pg_stat_activity WHERE application_name = 'pg_exporter'`;
        return (await cluster.admin(cluster.primary).rows(ours)).length === 0 ? true : undefined;
      },
      { timeoutMs: 60_000 },
    );
    expect(left).toBe(true);
    expect(
      await waitFor(async () => ((await curl(`${url}/replica`)).status === 200 ? true : undefined), {
        timeoutMs: 60_000,
      }),
    ).toBe(true);
    await writeFile(file, 'postgres://[');
    expect((await scrape(`${url}/metrics`)).value('pg_up')).toBe(1);
    await rm(file);
    expect((await scrape(`${url}/metrics`)).value('pg_up')).toBe(1);
    expect(log().match(/connection string is unusable/g)).toHaveLength(1);
  });
});
