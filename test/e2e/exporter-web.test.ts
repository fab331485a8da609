import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createAuthority, startDemoCluster, waitFor, type Authority, type DemoCluster } from '@pgattest/lab';
import { hash } from 'bcryptjs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

/*
 * The built program as a process of its own, asked by curl: what a web configuration demands of a client, and what
 * happens when its files change while the program runs. The process is the same at the end of each test.
 */

const run = promisify(execFile);
const root = new URL('../..', import.meta.url).pathname;
const program = join(root, 'packages/exporter/dist/bin/pg-exporter.js');

interface Answer {
  /** HTTP status, 0 when there was no answer. */
  readonly status: number;
  readonly body: string;
  /** Exit code of curl: 0; 35, 52, 55 or 56 when the server ends the connection; 60 when curl does not trust it. */
  readonly exit: number;
}

async function curl(...args: readonly string[]): Promise<Answer> {
  const marker = '\n--status ';
  const all = ['-s', '-m', '30', '-w', `${marker}%{http_code}`, ...args];
  const { stdout, exit } = await run('curl', all, { maxBuffer: 64 * 1024 * 1024 }).then(
    (done) => ({ stdout: done.stdout, exit: 0 }),
    (error: unknown) => ({
      stdout: error instanceof Error && 'stdout' in error ? String(error.stdout) : '',
      exit: error instanceof Error && 'code' in error ? Number(error.code) : Number.NaN,
    }),
  );
  const at = stdout.lastIndexOf(marker);
  return { status: Number(stdout.slice(at + marker.length)), body: stdout.slice(0, at), exit };
}

const yes = async (question: () => Promise<boolean>): Promise<boolean> =>
  (await waitFor(async () => ((await question()) ? true : undefined), { timeoutMs: 30_000, everyMs: 100 })) === true;

const user = async (name: string, password: string): Promise<string> =>
  `basic_auth_users:\n  ${name}: ${await hash(password, 4)}\n`;

describe('the running program behind a web configuration', { timeout: 300_000 }, () => {
  let cluster: DemoCluster;
  let dir = '';
  let child: ChildProcess | undefined;

  beforeAll(async () => {
    const turbo = join(root, 'node_modules/.bin/turbo');
    const built = spawnSync(turbo, ['run', 'build', '--filter=@pgattest/exporter', '--output-logs=errors-only'], {
      cwd: root,
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
      encoding: 'utf8',
    });
    if (built.status !== 0) throw new Error(`the build failed: ${built.stdout}${built.stderr}`);
    cluster = await startDemoCluster({ durable: false, replicas: 0 });
  }, 300_000);
  afterAll(async () => {
    await cluster.stop();
  });
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'pgattest-exporter-web-'));
  });
  afterEach(async () => {
    if (child !== undefined && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    child = undefined;
    await rm(dir, { recursive: true });
  });

  const path = (name: string): string => join(dir, name);
  /** As a careful operator does: whoever reads it finds the old file or the new one. */
  async function put(name: string, text: string): Promise<void> {
    await writeFile(path(`${name}.new`), text, { mode: 0o600 });
    await rename(path(`${name}.new`), path(name));
  }
  /** Writes `<name>.crt` and `<name>.key`; arguments for curl that present them. */
  async function issue(
    name: string,
    authority: Authority,
    role: 'server' | 'client',
    san: string,
  ): Promise<readonly string[]> {
    const { certificate, key } = authority.issue(san, [san], { role });
    await put(`${name}.crt`, certificate);
    await put(`${name}.key`, key);
    return ['--cert', path(`${name}.crt`), '--key', path(`${name}.key`)];
  }
  async function trusting(name: string, authority: Authority): Promise<readonly string[]> {
    await put(`${name}.crt`, authority.certificate);
    return ['--cacert', path(`${name}.crt`)];
  }

  /** The program with what a shell may hold besides; its address is read from its log. */
  async function start(): Promise<{
    readonly url: string;
    readonly log: () => string;
    readonly stop: () => Promise<unknown>;
  }> {
    const args = ['--config', 'builtin', '--web.listen-address', '127.0.0.1:0', '--web.config.file', path('web.yml')];
    const services = { PGSERVICE: 'nowhere', PGSERVICEFILE: '/nowhere', PGSYSCONFDIR: '/nowhere' };
    const started = spawn(process.execPath, [program, ...args], {
      env: {
        PATH: process.env['PATH'] ?? '',
        PG_EXPORTER_URL: cluster.dsn(cluster.primary, 'monitor'),
        PG_EXPORTER_CONNECT_TIMEOUT: '20000',
        ...services,
        PGLOCALEDIR: '/nowhere',
        PGREALM: 'NOWHERE',
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child = started;
    let log = '';
    started.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
    const address = await waitFor(() => /addresses\S*?(127\.0\.0\.1:\d+)/.exec(log)?.[1], { timeoutMs: 60_000 });
    expect(address, log).toBeDefined();
    return {
      url: `${log.includes('tls=true') ? 'https' : 'http'}://${address ?? ''}`,
      log: () => log,
      stop: async () => {
        expect([started.exitCode, started.signalCode]).toEqual([null, null]);
        const ended = once(started, 'exit');
        started.kill('SIGTERM');
        return ended;
      },
    };
  }

  test('a client certificate is demanded, and all certificates are rotated without a restart', async () => {
    const authority = createAuthority('servers', new Date());
    const clients = createAuthority('clients', new Date());
    const trust = await trusting('ca', authority);
    await put('clients.crt', clients.certificate);
    await issue('server', authority, 'server', '127.0.0.1');
    const prometheus = await issue('prometheus', clients, 'client', 'prometheus.internal');
    const stranger = await issue('stranger', clients, 'client', 'stranger.internal');
    const impostor = await issue('impostor', createAuthority('clients', new Date()), 'client', 'prometheus.internal');
    const demand = 'client_auth_type: RequireAndVerifyClientCert, client_allowed_sans: [prometheus.internal]';
    await put(
      'web.yml',
      `tls_server_config: {cert_file: server.crt, key_file: server.key, client_ca_file: clients.crt, ${demand}}\n`,
    );
    const { url, log, stop } = await start();
    const page = await curl(...trust, ...prometheus, `${url}/metrics`);
    expect([page.status, page.body.includes('\npg_up 1\n')]).toEqual([200, true]);
    for (const [who, client] of Object.entries({ nobody: [], stranger, impostor })) {
      for (const version of ['1.2', '1.3']) {
        for (const at of ['/metrics', '/up', '/']) {
          const { status, body, exit } = await curl(...trust, ...client, '--tls-max', version, url + at);
          expect({ who, version, at, status, body }).toEqual({ who, version, at, status: 0, body: '' });
          expect([35, 52, 55, 56]).toContain(exit);
        }
      }
    }
    expect((await curl(...trust, ...prometheus, '--tls-max', '1.1', `${url}/up`)).status).toBe(0);

    // The server's own certificate, from another authority: who trusts only the old one turns away.
    const next = createAuthority('next servers', new Date());
    const trustNext = await trusting('next', next);
    await issue('server', next, 'server', '127.0.0.1');
    expect(await yes(async () => (await curl(...trustNext, ...prometheus, `${url}/up`)).status === 200)).toBe(true);
    expect((await curl(...trust, ...prometheus, `${url}/up`)).exit).toBe(60);

    // The authority of the clients.
    const nextClients = createAuthority('next clients', new Date());
    const renewed = await issue('renewed', nextClients, 'client', 'prometheus.internal');
    expect((await curl(...trustNext, ...renewed, `${url}/up`)).status).toBe(0);
    await put('clients.crt', nextClients.certificate);
    expect(await yes(async () => (await curl(...trustNext, ...renewed, `${url}/up`)).status === 200)).toBe(true);
    expect((await curl(...trustNext, ...prometheus, `${url}/up`)).status).toBe(0);
    expect(log()).not.toContain('PRIVATE KEY');
    expect(await stop()).toEqual([0, null]);
  });

  test('users and passwords are rotated without a restart, and no file that cannot be used opens a door', async () => {
    await put('web.yml', await user('prometheus', 'the-first-one'));
    const { url, log, stop } = await start();
    const status = async (...args: readonly string[]): Promise<number> =>
      (await curl(...args, `${url}/metrics`)).status;
    expect(await status()).toBe(401);
    expect(await status('-u', 'prometheus:the-first-one')).toBe(200);
    expect(await status('-u', 'prometheus:the-second-one')).toBe(401);
    expect(await status('-u', 'nobody:the-first-one')).toBe(401);
    expect(await status('-H', 'Authorization: Basic !')).toBe(401);

    await put('web.yml', await user('prometheus', 'the-second-one'));
    expect(await yes(async () => (await status('-u', 'prometheus:the-second-one')) === 200)).toBe(true);
    expect(await status('-u', 'prometheus:the-first-one')).toBe(401);

    await put('web.yml', 'basic_auth_users: [');
    expect(await yes(async () => (await status()) === 401 && log().includes('unusable'))).toBe(true);
    expect([await status(), await status('-u', 'prometheus:the-second-one')]).toEqual([401, 200]);

    await put('web.yml', await user('grafana', 'the-third-one'));
    expect(await yes(async () => (await status('-u', 'grafana:the-third-one')) === 200)).toBe(true);
    expect(await status('-u', 'prometheus:the-second-one')).toBe(401);
    expect(log()).not.toMatch(/the-(?:first|second|third)-one/);
    expect(await stop()).toEqual([0, null]);
  });

  test('TLS, a client certificate, a password and the rate limit hold together, and the limit follows its file', async () => {
    const authority = createAuthority('all', new Date());
    const trust = await trusting('ca', authority);
    await issue('server', authority, 'server', '127.0.0.1');
    const certificate = await issue('client', authority, 'client', 'prometheus.internal');
    const demand = 'client_ca_file: ca.crt, client_auth_type: RequireAndVerifyClientCert';
    const config = async (limit: string): Promise<string> =>
      `tls_server_config: {cert_file: server.crt, key_file: server.key, ${demand}}\n` +
      `basic_auth_users: {prometheus: "${await hash('secret', 4)}"}\n${limit}`;
    await put('web.yml', await config('rate_limit: {interval: 1h, burst: 3}\n'));
    const { url, stop } = await start();
    const client = [...trust, ...certificate];
    const known = [...client, '-u', 'prometheus:secret'];
    // Whoever fails the handshake has not asked anything yet.
    for (let at = 0; at < 5; at += 1) expect((await curl(...trust, `${url}/metrics`)).status).toBe(0);
    const asked: number[] = [];
    for (const at of ['/metrics', '/up', '/metrics', '/metrics', '/up', '/nothing']) {
      asked.push((await curl(...known, url + at)).status);
    }
    expect(asked).toEqual([200, 200, 200, 429, 429, 429]);
    expect((await curl(...client, `${url}/metrics`)).status).toBe(429);

    await put('web.yml', await config(''));
    expect(await yes(async () => (await curl(...known, `${url}/metrics`)).status === 200)).toBe(true);
    expect((await curl(...client, `${url}/metrics`)).status).toBe(401);
    await put('web.yml', await config('rate_limit: {interval: 1h, burst: 1}\n'));
    expect(await yes(async () => (await curl(...known, `${url}/up`)).status === 429)).toBe(true);
    expect(await stop()).toEqual([0, null]);
  });
});
