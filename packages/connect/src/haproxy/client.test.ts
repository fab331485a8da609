import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Secret } from '../secret.ts';
import { readHaproxyInfo, readHaproxyStats } from './client.ts';

const call = { timeoutMs: 20_000, signal: AbortSignal.timeout(60_000) };
const credentials = { user: 'audit', password: new Secret('only-here') };
let folder = '';
let ports: readonly number[] = [];
let child: ReturnType<typeof spawn> | undefined;
let said = '';
const url = (at: number): string => `http://127.0.0.1:${ports[at] ?? 0}`;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server's address is one
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pgattest-haproxy-'));
  ports = [await freePort(), await freePort(), await freePort()];
  const file = join(folder, 'haproxy.cfg');
  await writeFile(
    file,
    `global
  maxconn 123
defaults
  mode http
  timeout connect 1s
  timeout client 5s
  timeout server 5s
listen closed
  bind 127.0.0.1:${ports[0] ?? 0}
  http-request use-service prometheus-exporter if { path /metrics }
  stats enable
  stats uri /
  stats auth audit:only-here
listen open
  bind 127.0.0.1:${ports[1] ?? 0}
  stats enable
  stats uri /
listen other
  bind 127.0.0.1:${ports[2] ?? 0}
`,
  );
  child = spawn('haproxy', ['-db', '-f', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && child.exitCode === null) {
    const answered = await readHaproxyStats({ url: url(1) }, call).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`haproxy did not start: ${said}`);
}, 90_000);

afterAll(async () => {
  if (child !== undefined && child.exitCode === null) {
    const ended = new Promise((resolve) => child?.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }
  if (folder !== '') await rm(folder, { recursive: true, force: true });
});

test('statistics of a running HAProxy name its listeners', async () => {
  const rows = await readHaproxyStats({ url: url(0), credentials }, call);
  expect(rows.filter(({ kind }) => kind === 'frontend').map(({ proxy, status }) => [proxy, status])).toEqual([
    ['closed', 'OPEN'],
    ['open', 'OPEN'],
    ['other', 'OPEN'],
  ]);
});

test('version and limit come from the metrics, or from the page where there are none', async () => {
  const fromMetrics = await readHaproxyInfo({ url: url(0), credentials }, call);
  const fromPage = await readHaproxyInfo({ url: url(1) }, call);
  expect(fromMetrics.version).toMatch(/^\d+\.\d+/u);
  expect(fromMetrics.startedAtSeconds).toBeGreaterThan(1_600_000_000);
  expect(fromPage).toMatchObject({ version: fromMetrics.version, mostConnections: 123, startedAtSeconds: null });
  expect(fromPage.uptimeSeconds).toBeGreaterThanOrEqual(0);
});

test('a page that wants a password says so, and an address without one too', async () => {
  await expect(readHaproxyStats({ url: url(0) }, call)).rejects.toMatchObject({ code: 'auth_failed' });
  const wrong = { url: url(0), credentials: { user: 'audit', password: new Secret('other') } };
  await expect(readHaproxyStats(wrong, call)).rejects.toThrow('check user and password');
  await expect(readHaproxyStats({ url: url(2) }, call)).rejects.toMatchObject({ code: 'unsupported' });
});
