import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { agentCommand } from '@pgattest/exporter';
import { waitFor } from '@pgattest/lab';
import { runCommand } from '@pgattest/runtime';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { scrape } from './exporter-harness.ts';

const root = new URL('../..', import.meta.url).pathname;
const deploy = join(root, 'deploy');
const units = readdirSync(join(deploy, 'systemd'));
const unitText = (unit: string): string => readFileSync(join(deploy, 'systemd', unit), 'utf8');

test('the units carry the names that log panels filter on', () => {
  expect(units.toSorted()).toEqual([
    'pg_exporter.service',
    'pgattest-agent.service',
    'pgbackrest_exporter.service',
    'pgbouncer_exporter.service',
  ]);
});

test.each(units)('%s is bounded, and systemd rates its sandbox OK or better', (unit) => {
  const text = unitText(unit);
  for (const line of ['CPUQuota=10%', 'NoNewPrivileges=yes', 'ProtectSystem=strict', 'User=postgres']) {
    expect(text.split('\n')).toContain(line);
  }
  expect(text).toMatch(/^MemoryMax=\d+M$/mu);
  const file = join(deploy, 'systemd', unit);
  const { stdout, stderr } = spawnSync('systemd-analyze', ['security', '--offline=yes', file], { encoding: 'utf8' });
  const { level } = /Overall exposure level for \S+: (?<level>[\d.]+)/u.exec(stdout + stderr)?.groups ?? {};
  expect(Number(level), stdout + stderr).toBeLessThan(5);
});

test('the scrape configuration is one that Prometheus takes', () => {
  const file = join(deploy, 'scrape', 'prometheus.yml');
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'config', file], { encoding: 'utf8' });
  expect(stdout + stderr).toContain('SUCCESS');
  expect(status).toBe(0);
});

test('every file of targets names cluster and instance as the rules expect them', () => {
  const folder = join(deploy, 'scrape', 'targets');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.yml'));
  expect(files).toHaveLength(4);
  const identity = /^- labels: \{.*\bcls: [a-z][a-z0-9-]*, ins: [a-z][a-z0-9-]*-\d+\b/mu;
  for (const name of files) {
    const text = readFileSync(join(folder, name), 'utf8');
    expect(parse(text), name).toHaveLength(1);
    expect(identity.test(text), name).toBe(!name.startsWith('audit/'));
  }
});

test('the example of the agent is checked to its last option', async () => {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const io = { stdout, stderr, stdin: new PassThrough(), env: {} };
  const code = await runCommand(agentCommand, ['--config', join(deploy, 'agent.yml'), '--check-config'], io);
  stderr.end();
  expect(String(stderr.read() ?? '')).toBe('');
  expect(String(stdout.read())).toBe('pg pgbouncer backrest: fine\n');
  expect(code).toBe(0);
});

describe('a unit starts with the environment file that Pigsty writes', { timeout: 120_000 }, () => {
  let bin = '';
  let child: ChildProcess | undefined;
  let log = '';

  beforeAll(() => {
    const turbo = join(root, 'node_modules/.bin/turbo');
    const built = spawnSync(turbo, ['run', 'build', '--output-logs=errors-only'], {
      cwd: root,
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
      encoding: 'utf8',
    });
    if (built.status !== 0) throw new Error(`the build failed: ${built.stdout}${built.stderr}`);
    // What `npm install -g` does: a name on the path for every program of the package.
    bin = mkdtempSync(join(tmpdir(), 'pgattest-bin-'));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own package.json
    const { bin: programs } = JSON.parse(readFileSync(join(root, 'packages/exporter/package.json'), 'utf8')) as {
      readonly bin: Readonly<Record<string, string>>;
    };
    for (const [name, file] of Object.entries(programs)) {
      symlinkSync(join(root, 'packages/exporter', file), join(bin, name));
    }
    return () => rmSync(bin, { recursive: true, force: true });
  }, 180_000);

  afterEach(async () => {
    if (child !== undefined && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  });

  const cases = [
    {
      unit: 'pg_exporter.service',
      environment: (
        port: number,
      ) => `PG_EXPORTER_URL='postgres://dbuser_monitor:x@:1/postgres?sslmode=disable&host=/nowhere'
PG_EXPORTER_CONFIG=builtin
PG_EXPORTER_LABEL=""
PG_EXPORTER_TAG=""
PG_EXPORTER_DISABLE_CACHE=false
PG_EXPORTER_AUTO_DISCOVERY=true
PG_EXPORTER_EXCLUDE_DATABASE="template0,template1,postgres"
PG_EXPORTER_INCLUDE_DATABASE=""
PG_EXPORTER_CONNECT_TIMEOUT=200
PG_EXPORTER_OPTS='--web.listen-address=127.0.0.1:${port} --log.level=info'`,
      metric: 'pg_up',
    },
    {
      unit: 'pgbouncer_exporter.service',
      environment: (
        port: number,
      ) => `PG_EXPORTER_URL='postgres://dbuser_monitor:x@:1/pgbouncer?host=/nowhere&sslmode=disable'
PG_EXPORTER_CONFIG=builtin
PG_EXPORTER_OPTS='--web.listen-address=127.0.0.1:${port} --log.level=info'`,
      metric: 'pgbouncer_up',
    },
    {
      unit: 'pgbackrest_exporter.service',
      environment: (port: number) => `EXPORTER_ENDPOINT="/metrics"
EXPORTER_PORT="${port}"
EXPORTER_OPTS='--collect.interval=120 --log.level=info'`,
      metric: 'pgbackrest_exporter_uptime_seconds',
    },
  ] as const;

  test.each(cases)('$unit', async ({ unit, environment, metric }) => {
    const port = await freePort();
    const start = /^ExecStart=(?<command>.*)$/mu.exec(unitText(unit))?.groups?.['command'] ?? '';
    // The shell reads these files as systemd does, and splits $…_OPTS into words as systemd does.
    const script = `set -a\n${environment(port)}\nset +a\nexec ${start}`;
    log = '';
    const started = spawn('/bin/sh', ['-c', script], {
      env: { PATH: [bin, process.env['PATH'] ?? ''].join(':') },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    started.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
    child = started;
    const page = await waitFor(() => scrape(`http://127.0.0.1:${port}/metrics`).catch(() => undefined), {
      timeoutMs: 90_000,
      everyMs: 100,
    });
    expect(page?.value(metric), log).toBeGreaterThanOrEqual(0);
    started.kill('SIGTERM');
    await once(started, 'exit');
    expect(started.exitCode, log).toBe(0);
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}
