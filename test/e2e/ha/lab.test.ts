import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { attachLab, labPorts, processesOf, type Lab } from '@pgattest/lab';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { poll } from './ha-lab.ts';

const root = new URL('../../../', import.meta.url).pathname;
const entry = join(root, 'packages/cli/dist/bin/pgattest.js');
const small = ['--nodes', '2', '--no-monitoring', '--rto', 'test'];

interface Outcome {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** `pgattest lab ...` as root, or as nobody with an environment of its own. */
function lab(args: readonly string[], as: 'root' | 'nobody' = 'root'): Outcome {
  const command = [process.execPath, entry, 'lab', ...args];
  const become = [
    '--reuid=65534',
    '--regid=65534',
    '--clear-groups',
    '--',
    'env',
    '-i',
    'PATH=/usr/bin:/bin',
    'HOME=/',
  ];
  const argv = as === 'nobody' ? ['setpriv', ...become, ...command] : command;
  const result = spawnSync(argv[0] ?? '', argv.slice(1), { encoding: 'utf8', timeout: 200_000, cwd: '/' });
  return { code: result.status ?? undefined, stdout: result.stdout, stderr: result.stderr };
}

describe('a lab in namespaces', () => {
  const name = `e2e-${process.pid}`;
  let running: Lab;
  beforeAll(async () => {
    const { code, stderr } = lab(['up', '--name', name, ...small, '--arbiter']);
    if (code !== 0) throw new Error(stderr);
    running = await attachLab(name);
  });
  afterAll(() => {
    lab(['down', '--name', name]);
  });

  test('is ready, with one primary by SQL and by Patroni, and a backup in each repository', async () => {
    await poll(
      'the lab is healthy',
      () => {
        const { code, stdout } = lab(['status', '--name', name]);
        return Promise.resolve(code === 0 ? undefined : stdout);
      },
      60_000,
    );
    const status = await running.status();
    expect(status.members.map((member) => `${member.name} ${member.role}`)).toEqual([
      'pg-test-1 primary',
      'pg-test-2 standby',
    ]);
    expect(status.backups.map(({ repository, state, count }) => ({ repository, state, count }))).toEqual([
      { repository: 1, state: 'ok', count: 1 },
      { repository: 2, state: 'ok', count: 1 },
    ]);
  });

  test('is not started twice', () => {
    const { code, stderr } = lab(['up', '--name', name]);
    expect(code).toBe(2);
    expect(stderr).toContain(`lab ${name} is running already`);
  });

  test('takes writes through a port of this machine, with the certificate of the host', async () => {
    const forwarded = await running.forward('mon', labPorts.primary);
    const { user, password } = running.credentials.app_rw;
    const ca = readFileSync(join(running.directory, 'mon/pki-root/ca.crt'), 'utf8');
    const ssl = { ca, host: 'localhost' };
    const client = new Client({ host: forwarded.host, port: forwarded.port, user, password, database: 'app', ssl });
    await client.connect();
    try {
      const { rows } = await client.query<{ who: string; writable: boolean }>(
        'SELECT current_user AS who, NOT pg_is_in_recovery() AS writable',
      );
      expect(rows).toEqual([{ who: 'app_rw', writable: true }]);
    } finally {
      await client.end();
      await forwarded.close();
    }
  });

  test('has a network per host from which no route leads out', async () => {
    for (const { name: host, address } of running.topology.etcd) {
      const { stdout } = await running.exec(host, ['ip', '-4', 'route']);
      expect(stdout.trim()).toBe(`198.51.100.0/24 dev eth0 proto kernel scope link src ${address}`);
    }
    const outside = Object.values(networkInterfaces()).flat();
    expect(outside.some((one) => one?.address.startsWith('198.51.100.') === true)).toBe(false);
    const [row] = await running.sql(
      (await running.findPrimary()) ?? '',
      "SELECT client_addr FROM pg_stat_replication WHERE application_name LIKE 'pg-test-%'",
    );
    expect(row?.[0]).toMatch(/^198\.51\.100\.1[12]$/u);
  });

  test('tells how a program on a host ended, and ends one that does not', () => {
    const host = ['--name', name, 'pg-test-2', '--'];
    expect(lab(['exec', ...host, 'sh', '-c', 'echo out; echo err >&2'])).toEqual({
      code: 0,
      stdout: 'out\n',
      stderr: 'err\n',
    });
    expect(lab(['exec', ...host, 'false']).code).toBe(1);
    const late = lab(['exec', '--timeout', '1s', ...host, 'sleep', '1000']);
    expect(late).toMatchObject({ code: 3, stderr: 'killed after 1 s\n' });
    const unknown = lab(['exec', '--name', name, 'pg-test-9', '--', 'true']);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('the lab has no host pg-test-9; it has pg-test-1, pg-test-2, arbiter, mon');
  });

  test('shows SQL errors in the words of the server', () => {
    const { code, stderr } = lab(['sql', '--name', name, 'pg-test-1', 'SELECT 1/0']);
    expect(code).toBe(3);
    expect(stderr).toContain('SQL on pg-test-1:');
    expect(stderr).toContain('division by zero');
  });

  test('says which process is stopped, and starts it again', async () => {
    const id = 'pgbouncer@pg-test-2';
    await running.daemon(id).stop();
    const { code, stdout } = lab(['status', '--name', name]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^pgbouncer@pg-test-2 +ended +- +no: stopped$/mu);
    await running.daemon(id).start();
    expect((await running.status()).daemons.find((daemon) => daemon.id === id)).toMatchObject({ ready: true });
  });

  test('breaks, says what must happen, remembers, and heals', async () => {
    const broken = lab(['break', '--name', name, 'haproxy-killed']);
    expect(broken.code).toBe(0);
    expect(broken.stdout).toContain('must happen:');
    expect((await running.status()).faults.map(({ id }) => id)).toEqual(['haproxy-killed']);
    const again = lab(['break', '--name', name, 'haproxy-killed']);
    expect(again.code).toBe(3);
    expect(again.stderr).toContain('haproxy-killed is applied already');
    expect(lab(['heal', '--name', name]).code).toBe(0);
    const status = await running.status();
    expect(status.faults).toEqual([]);
    expect(status.daemons.find(({ id }) => id === 'haproxy@mon')).toMatchObject({ state: 'running', ready: true });
    expect(lab(['break', '--name', name, 'no-such-fault']).code).toBe(2);
  });

  test('keeps its passwords out of command lines and logs', () => {
    const lines = processesOf(running.directory).map(({ pid }) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      } catch {
        // Ended since it was listed.
        return '';
      }
    });
    expect(lines.filter((line) => line !== '').length).toBeGreaterThan(10);
    const directory = join(running.directory, 'log');
    const logs = readdirSync(directory).map((file) => readFileSync(join(directory, file), 'utf8'));
    for (const secret of running.secrets) {
      expect(lines.filter((line) => line.includes(secret))).toEqual([]);
      expect(logs.filter((log) => log.includes(secret))).toEqual([]);
    }
  });

  test('dies with its supervisor, and comes up again', async () => {
    const supervisor = processesOf(running.directory).find(({ pid }) =>
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('\0supervise\0'),
    );
    expect(supervisor).toBeDefined();
    process.kill(supervisor?.pid ?? 0, 'SIGKILL');
    await poll(
      'no process of the lab is left',
      () => Promise.resolve(processesOf(running.directory).length === 0 ? undefined : 'some are'),
      30_000,
    );
    const { code, stderr } = lab(['status', '--name', name]);
    expect(code).toBe(3);
    expect(stderr).toContain(`no lab ${name} is running`);
    expect(lab(['up', '--name', name, ...small, '--no-backup'])).toMatchObject({ code: 0 });
    expect(lab(['down', '--name', name]).code).toBe(0);
    expect(existsSync(running.directory)).toBe(false);
    expect(processesOf(running.directory)).toEqual([]);
  });
});

describe('a lab that is being started', () => {
  const name = `start-${process.pid}`;
  const directory = join(tmpdir(), 'pgattest-lab-0', name);
  afterAll(() => {
    lab(['down', '--name', name]);
  });

  test('is not left half-made by a command that is interrupted', async () => {
    const args = ['lab', 'up', '--name', name, ...small];
    const child = spawn(process.execPath, [entry, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await new Promise<void>((resolve) => {
      // The first line says that etcd is up: the rest is under way.
      child.stderr.once('data', () => {
        resolve();
      });
    });
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(existsSync(directory)).toBe(false);
    expect(processesOf(directory)).toEqual([]);
  });

  test('goes down while another command starts it, which says so', async () => {
    const args = ['lab', 'up', '--name', name, ...small];
    const child = spawn(process.execPath, [entry, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
    const heard: string[] = [];
    const ended = new Promise((resolve) => child.once('close', resolve));
    await new Promise<void>((resolve) => {
      child.stderr.on('data', (chunk: Buffer) => {
        heard.push(chunk.toString('utf8'));
        resolve();
      });
    });
    expect(lab(['down', '--name', name]).code).toBe(0);
    expect(await ended).toBe(3);
    expect(heard.join('')).toMatch(/the lab was told to go down,.* while it started/u);
    expect(existsSync(directory)).toBe(false);
    expect(processesOf(directory)).toEqual([]);
  });
});

describe('a lab on plain loopback', () => {
  const name = `plain-${process.pid}`;
  const directory = join('/tmp/pgattest-lab-65534', name);
  const up = ['up', '--name', name, ...small, '--no-backup', '--subnet', '127.44.7'];
  afterAll(() => {
    lab(['down', '--name', name], 'nobody');
  });

  test('runs as an ordinary user, and its guard ends everything when the supervisor dies', async () => {
    const { code, stderr } = lab(up, 'nobody');
    expect(stderr).toContain('on plain loopback: namespaces need root');
    expect(code).toBe(0);
    expect(lab(['sql', '--name', name, 'pg-test-1', 'SELECT NOT pg_is_in_recovery()'], 'nobody').stdout).toBe('t\n');
    const refused = lab(['break', '--name', name, 'primary-partitioned'], 'nobody');
    expect(refused.code).toBe(3);
    expect(refused.stderr).toMatch(/primary-partitioned needs (?:root|a lab in namespaces)/u);

    const supervisor = processesOf(directory).find(({ pid }) =>
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('\0supervise\0'),
    );
    process.kill(supervisor?.pid ?? 0, 'SIGKILL');
    await poll(
      'no process of the lab is left',
      () => Promise.resolve(processesOf(directory).length === 0 ? undefined : 'some are'),
      60_000,
    );
    expect(lab(['down', '--name', name], 'nobody').code).toBe(0);
    expect(existsSync(directory)).toBe(false);
  });

  test('names the addresses that other programs use', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(labPorts.patroni, '127.44.7.12', resolve);
    });
    try {
      const { code, stderr } = lab(up, 'nobody');
      expect(code).toBe(2);
      expect(stderr).toContain('the lab needs 127.44.7.12:8008, which other programs use');
      expect(existsSync(directory)).toBe(false);
    } finally {
      server.close();
    }
  });
});

describe('a machine that does not fit', () => {
  const own = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal)?.address;

  test.each([
    [['--major', '99'], 'the lab needs PostgreSQL 99, which is not installed; run: apt-get install'],
    [['--name', 'a-name-that-is-much-too-long'], '--name a-name-that-is-much-too-long'],
    [['--delay', '1h'], '--delay is for --standby-cluster'],
    [['--isolation', 'loopback', '--subnet', '198.51.100'], '--isolation loopback needs 127.x.y'],
    [['--subnet', (own ?? '127.0.0.1').split('.').slice(0, 3).join('.')], '--subnet'],
  ])('%j is refused with a reason', (args, words) => {
    const { code, stderr } = lab(['up', ...(args.includes('--name') ? [] : ['--name', 'misfit']), ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
    expect(existsSync(join(tmpdir(), 'pgattest-lab-0/misfit'))).toBe(false);
  });
});
