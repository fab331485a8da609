import { spawn, spawnSync, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { waitFor } from '@pgattest/lab';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';

const root = new URL('../..', import.meta.url).pathname;
const program = join(root, 'packages/exporter/dist/bin/pg-exporter.js');
const clean = { PATH: process.env['PATH'] ?? '', PG_EXPORTER_URL: 'postgres://nobody@127.0.0.1:1/postgres' };

async function listening(): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return { server, port: address.port };
}

/** Node names the descriptor of a listening socket nowhere else. */
function descriptorOf(server: Server): number {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion, no-underscore-dangle -- not in the types; checked below
  const fd = (server as unknown as { readonly _handle?: { readonly fd?: number } })._handle?.fd;
  if (fd === undefined) throw new Error('the socket has no descriptor');
  return fd;
}

describe('pg_exporter --web.systemd-socket', { timeout: 300_000 }, () => {
  let child: ChildProcess | undefined;
  let servers: readonly Server[] = [];

  beforeAll(() => {
    const turbo = join(root, 'node_modules/.bin/turbo');
    const built = spawnSync(turbo, ['run', 'build', '--filter=@pgattest/exporter', '--output-logs=errors-only'], {
      cwd: root,
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
      encoding: 'utf8',
    });
    if (built.status !== 0) throw new Error(`the build failed: ${built.stdout}${built.stderr}`);
  }, 300_000);

  afterEach(async () => {
    if (child !== undefined && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    for (const server of servers) server.close();
    servers = [];
  });

  function start(count: number): { readonly child: ChildProcess; readonly log: () => string } {
    // systemd starts the program with the sockets as descriptors from 3 on; LISTEN_PID is the process itself.
    const script = `LISTEN_FDS=${count} LISTEN_PID=$$ exec "$0" "$1" --web.systemd-socket`;
    const stdio: StdioOptions = ['ignore', 'ignore', 'pipe', ...servers.map(descriptorOf)];
    const started = spawn('/bin/sh', ['-c', script, process.execPath, program], { env: clean, stdio });
    let log = '';
    started.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()));
    child = started;
    return { child: started, log: () => log };
  }

  test('serves every socket that was passed on, no other, and ends with 0 on SIGTERM', async () => {
    const passed = [await listening(), await listening()];
    servers = passed.map(({ server }) => server);
    const { child: running, log } = start(2);
    await waitFor(() => (log().includes('exporter serves') ? true : undefined), { timeoutMs: 30_000 });
    // The parent must not take connections from the same socket.
    for (const server of servers) server.close();
    for (const { port } of passed) {
      const response = await fetch(`http://127.0.0.1:${port}/version`, { signal: AbortSignal.timeout(60_000) });
      expect(response.status).toBe(200);
      expect(log()).toContain(`127.0.0.1:${port}`);
    }
    expect(log()).not.toContain(':9630');
    const ended = once(running, 'exit');
    running.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  test('does not start without a socket: 2, and what to do', async () => {
    const { child: running, log } = start(0);
    expect(await once(running, 'close')).toEqual([2, null]);
    expect(log()).toContain('LISTEN_FDS="0" is not a number of sockets; start it by a .socket unit of systemd');
  });
});
