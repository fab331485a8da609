import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemoCluster, waitFor, type DemoCluster } from '@pgattest/lab';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { scrape, type Scrape } from './exporter-harness.ts';

const root = new URL('../..', import.meta.url).pathname;
const program = join(root, 'packages/cli/dist/bin/pgattest.js');
const marker = '86397';

let cluster: DemoCluster;
let directory = '';
let child: ChildProcess | undefined;
let log = '';
const servers = new Set<Server>();

beforeAll(async () => {
  const turbo = join(root, 'node_modules/.bin/turbo');
  const built = spawnSync(turbo, ['run', 'build', '--output-logs=errors-only'], {
    cwd: root,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
    encoding: 'utf8',
  });
  if (built.status !== 0) throw new Error(`the build failed: ${built.stdout}${built.stderr}`);
  cluster = await startDemoCluster({ replicas: 0, durable: false });
});

afterAll(() => cluster.stop());

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-agent-'));
  // A pgBackRest that never answers, with a child of its own that does not either.
  await writeFile(join(directory, 'hanging'), `#!/bin/sh\nsleep ${marker} &\nwait\n`);
  await chmod(join(directory, 'hanging'), 0o755);
});

afterEach(async () => {
  if (child !== undefined && child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  for (const server of servers) server.close();
  servers.clear();
  spawnSync('pkill', ['-KILL', '-f', `sleep ${marker}`]);
  await rm(directory, { recursive: true, force: true });
});

function start(...args: readonly string[]): ChildProcess {
  log = '';
  const started = spawn(process.execPath, [program, 'agent', ...args], {
    cwd: directory,
    env: { PATH: process.env['PATH'] ?? '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [started.stdout, started.stderr]) {
    stream.on('data', (chunk: Buffer) => (log += chunk.toString()));
  }
  child = started;
  return started;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

interface Ports {
  readonly pg: number;
  readonly pgbouncer: number;
  readonly backrest: number;
}

async function configure(ports: Ports, more = ''): Promise<string> {
  const file = join(directory, 'agent.yml');
  await writeFile(join(directory, 'pg_exporter'), `PG_EXPORTER_URL='${cluster.dsn(cluster.primary, 'monitor')}'\n`);
  const text = `exporters:
  pg:
    environment_file: ${join(directory, 'pg_exporter')}
    options: { web.listen-address: '127.0.0.1:${ports.pg}', auto-discovery: false, label: cls=pg-demo }
  pgbouncer:
    options: { web.listen-address: '127.0.0.1:${ports.pgbouncer}', url: 'postgres://nobody@127.0.0.1:1/pgbouncer' }
  backrest:
    options: { web.listen-address: '127.0.0.1:${ports.backrest}', backrest.binary: ${join(directory, 'hanging')} }
${more}`;
  await writeFile(file, text);
  return file;
}

/** Polls until there is an answer; what the agent says belongs to the failure. */
async function until<T>(what: string, ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const answer = await waitFor(ask, { timeoutMs: 90_000, everyMs: 100 });
  if (answer === undefined) throw new Error(`${what}; the agent says ${log}`);
  return answer;
}

async function served(port: number): Promise<Scrape> {
  return until(`:${port} does not answer`, () => scrape(`http://127.0.0.1:${port}/metrics`).catch(() => undefined));
}

/** Whether a process of the pgBackRest that never answers is there. */
const isHanging = (): boolean => spawnSync('pgrep', ['-f', `sleep ${marker}`]).status === 0;

describe('pgattest agent', { timeout: 180_000 }, () => {
  test('one exporter that hangs and one that finds nobody delay none of the others', async () => {
    const ports = { pg: await freePort(), pgbouncer: await freePort(), backrest: await freePort() };
    const agent = start('--config', await configure(ports));
    const pgbouncer = await served(ports.pgbouncer);
    expect(pgbouncer.value('pgbouncer_up')).toBe(0);
    const backrest = await served(ports.backrest);
    expect(backrest.value('pgbackrest_exporter_uptime_seconds')).toBeGreaterThan(0);
    await until('pgBackRest was never asked', () => (isHanging() ? true : undefined));
    const pg = await served(ports.pg);
    expect(pg.value('pg_up')).toBe(1);
    expect(pg.text).toContain('cls="pg-demo"');

    agent.kill('SIGTERM');
    await once(agent, 'exit');
    expect(agent.exitCode, log).toBe(0);
    expect(isHanging()).toBe(false);
    expect(log).not.toContain('password');
  });

  test('a port that another program holds costs only that exporter, until it is free', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    servers.add(holder);
    const ports = { pg: await freePort(), pgbouncer: portOf(holder), backrest: await freePort() };
    start('--config', await configure(ports));
    expect((await served(ports.pg)).value('pg_up')).toBe(1);
    await until('nothing is said of the taken port', () => /level=error.*exporter=pgbouncer/u.test(log) || undefined);
    holder.close();
    expect((await served(ports.pgbouncer)).value('pgbouncer_up')).toBe(0);
  });

  test.each([
    ['\nlog: { levl: info }\n', /agent\.yml:\d+:\d+ \/log has an unknown key "levl"; did you mean "level"\?/u],
    [
      '    environment_file: /nowhere/pgbackrest_exporter\n',
      /cannot read the environment file \/nowhere\/pgbackrest_exporter/u,
    ],
  ])('a configuration with %j is refused with its place, and nothing is started', async (more, message) => {
    const ports = { pg: await freePort(), pgbouncer: await freePort(), backrest: await freePort() };
    const agent = start('--config', await configure(ports, more));
    await once(agent, 'exit');
    expect(log).toMatch(message);
    expect(agent.exitCode).toBe(2);
  });

  test('an option that the exporter does not have is answered with the nearest one', async () => {
    const file = join(directory, 'agent.yml');
    await writeFile(file, 'exporters:\n  pg:\n    options: { web.listen-addres: ":9630" }\n');
    const agent = start('--config', file, '--check-config');
    await once(agent, 'exit');
    expect(log).toMatch(/agent\.yml:3:\d+ .*unknown key "web\.listen-addres"; did you mean "web\.listen-address"\?/u);
    expect(agent.exitCode).toBe(2);
  });

  test('a value that an exporter refuses names the exporter', async () => {
    const file = join(directory, 'agent.yml');
    await writeFile(file, 'exporters:\n  pg:\n    options: { max-sessions: many }\n');
    const agent = start('--config', file);
    await once(agent, 'exit');
    expect(log).toContain('--max-sessions "many" is not a whole number');
    expect(agent.exitCode).toBe(2);
  });
});
