import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandLineOf, waitFor } from '@pgattest/lab';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const entry = join(root, 'packages/cli/dist/bin/pgattest.js');

/** Pids of every process whose command line names the directory. */
function processesOf(dir: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .map(Number)
    .filter((pid) => commandLineOf(pid).includes(dir));
}

/** Every file below a directory as one text. */
function textOf(dir: string): string {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return files.map((file) => readFileSync(join(file.parentPath, file.name), 'utf8')).join('\n');
}

function decode(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}

/** Environment of a process, empty when it has just ended. */
function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}

describe('pgattest quickstart', { timeout: 300_000 }, () => {
  let base: string;
  let cwd: string;
  let dir: string;
  let running: ChildProcess | undefined;

  beforeAll(() => {
    const built = spawnSync(join(root, 'node_modules/.bin/turbo'), ['run', 'build', '--output-logs=errors-only'], {
      cwd: root,
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
      encoding: 'utf8',
    });
    if (built.status !== 0) throw new Error(`the build failed: ${built.stdout}${built.stderr}`);
  }, 300_000);

  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'pgattest-quickstart-'));
    cwd = join(base, 'work');
    dir = join(base, 'data');
    spawnSync('/bin/sh', ['-c', 'mkdir "$1" && chmod 0711 "$2"', 'sh', cwd, base]);
  });

  afterEach(async () => {
    if (running !== undefined && running.exitCode === null && running.signalCode === null) {
      running.kill('SIGKILL');
      await once(running, 'exit');
    }
    await waitFor(() => (processesOf(dir).length === 0 ? true : undefined), { timeoutMs: 15_000 });
    rmSync(base, { recursive: true, force: true });
  });

  interface Run {
    readonly child: ChildProcess;
    readonly stdout: () => string;
    readonly stderr: () => string;
    readonly code: Promise<number | null>;
  }

  function start(...args: readonly string[]): Run {
    const child = spawn(process.execPath, [entry, 'quickstart', '--dir', dir, ...args], {
      cwd,
      env: { PATH: process.env['PATH'], HOME: base, PGPASSWORD: 'of-another-server', PGHOST: 'elsewhere' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running = child;
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    const code = new Promise<number | null>((resolve) => {
      child.once('close', resolve);
    });
    return { child, stdout: () => decode(out), stderr: () => decode(err), code };
  }

  /** Passwords of the run, read from its password files. */
  function passwords(): readonly string[] {
    const secrets = join(dir, 'secrets');
    return readdirSync(secrets).map((file) => readFileSync(join(secrets, file), 'utf8').trim().split(':').at(-1) ?? '');
  }

  async function untilRunning(run: Run): Promise<void> {
    const state = await waitFor(
      () => (run.child.exitCode !== null ? 'ended' : /Ctrl-C/u.test(run.stderr()) ? 'running' : undefined),
      { timeoutMs: 90_000, everyMs: 100 },
    );
    expect(state, run.stderr()).toBe('running');
  }

  test('--once leaves a report in both languages and nothing else', async () => {
    const run = start('--once');
    expect(await run.code, run.stderr()).toBe(0);

    const reports = join(cwd, 'report', 'pg-demo', 'latest');
    expect(readFileSync(join(reports, 'report.html'), 'utf8')).toContain('<html lang="en"');
    expect(readFileSync(join(reports, 'report.zh.html'), 'utf8')).toContain('<html lang="zh');
    expect(run.stdout()).toContain(join(reports, 'report.html'));
    expect(run.stdout()).toContain('MLPS 2.0 level 3');
    expect(run.stdout()).toContain('SOC 2');
    // Evidence is complete: the auditor's role may read all that its probes ask for. What the demo has not declared
    // (its host, monitoring, drills) is told in one line.
    expect(run.stdout()).not.toMatch(/^Not decided/mu);
    expect(run.stdout()).toContain('for nobody declared what they need: ');
    expect(run.stdout()).toMatch(/\d+ Pass/u);

    expect(processesOf(dir)).toEqual([]);
    expect(existsSync(dir)).toBe(false);
  });

  test('--once --keep leaves the data, and no password outside its password files', async () => {
    const run = start('--once', '--keep', '--lang', 'zh');
    expect(await run.code, run.stderr()).toBe(0);
    expect(run.stdout()).toContain('网络安全等级保护');
    expect(run.stderr()).toContain(`数据保留在 ${dir}`);
    expect(processesOf(dir)).toEqual([]);
    expect(existsSync(join(dir, 'pg-demo-1', 'data', 'PG_VERSION'))).toBe(true);

    const outputs = {
      stdout: run.stdout(),
      stderr: run.stderr(),
      'reports and evidence': textOf(join(cwd, 'report')),
      'our logs': textOf(join(dir, 'logs')),
      'server logs': ['pg-demo-1', 'pg-demo-2'].map((node) => textOf(join(dir, node, 'data', 'log'))).join('\n'),
      'audit configuration': readFileSync(join(dir, 'audit.yml'), 'utf8'),
    };
    expect(passwords()).toHaveLength(5);
    for (const [where, text] of Object.entries(outputs)) {
      expect(text.length, where).toBeGreaterThan(0);
      for (const password of passwords()) expect(text.includes(password), `a password in ${where}`).toBe(false);
      expect(text.includes('of-another-server'), `the caller's PGPASSWORD in ${where}`).toBe(false);
    }
  });

  test('without --once it serves metrics and verdicts until Ctrl-C, says what died, and cleans up', async () => {
    const run = start();
    await untilRunning(run);
    const urls = [...run.stdout().matchAll(/http:\/\/127\.0\.0\.1:\d+\/(?:metrics)?/gu)].map(([url]) => url);
    expect(urls).toHaveLength(3);
    const [first = '', second = '', service = ''] = urls;
    expect(await (await fetch(first)).text()).toMatch(/^pg_up\{[^}]*ins="pg-demo-1"[^}]*\} 1$/mu);
    expect(await (await fetch(second)).text()).toMatch(/^pg_up\{[^}]*ins="pg-demo-2"[^}]*\} 1$/mu);
    expect((await fetch(service)).status).toBe(200);
    expect(await (await fetch(`${service}metrics`)).text()).toContain('pgattest_audit_up');

    const mine = processesOf(dir);
    expect(mine.length).toBeGreaterThanOrEqual(6);
    for (const pid of mine) {
      const seen = `${commandLineOf(pid)} ${environmentOf(pid)}`;
      for (const password of passwords())
        expect(seen.includes(password), `a password of ${pid} is visible`).toBe(false);
    }
    const exporter = mine.find((pid) => commandLineOf(pid).includes('ins=pg-demo-2')) ?? 0;
    expect(environmentOf(exporter)).toContain('PATH=');
    expect(environmentOf(exporter)).not.toContain('PGPASSWORD');

    process.kill(exporter, 'SIGKILL');
    const told = await waitFor(() => (/exporter-pg-demo-2 ended \(SIGKILL\)/u.test(run.stderr()) ? true : undefined), {
      timeoutMs: 60_000,
    });
    expect(told).toBe(true);

    run.child.kill('SIGINT');
    // npm passes Ctrl-C on a second time.
    run.child.kill('SIGINT');
    expect(await run.code, run.stderr()).toBe(0);
    expect(processesOf(dir)).toEqual([]);
    expect(existsSync(dir)).toBe(false);
    expect(existsSync(join(cwd, 'report', 'pg-demo'))).toBe(true);
  });

  test('killed without a chance to clean up, it still leaves no process and no data', async () => {
    const run = start();
    await untilRunning(run);
    run.child.kill('SIGKILL');
    await run.code;
    const gone = await waitFor(() => (processesOf(dir).length === 0 && !existsSync(dir) ? true : undefined), {
      timeoutMs: 60_000,
    });
    expect(gone, processesOf(dir).map(commandLineOf).join('\n')).toBe(true);
  });

  test('a busy port is not a failure: it takes the next and says so', async () => {
    const busy: Server[] = [];
    for (const port of [5432, 9630, 9855]) {
      const server = createServer();
      server.on('error', () => {});
      server.listen(port, '127.0.0.1');
      busy.push(server);
    }
    try {
      const run = start('--once');
      expect(await run.code, run.stderr()).toBe(0);
      expect(run.stderr()).toMatch(/port 5432 is busy: pg-demo-1 listens on \d+/u);
      expect(run.stderr()).toMatch(/port 9630 is busy: exporter-pg-demo-1 listens on \d+/u);
      expect(run.stderr()).toMatch(/port 9855 is busy: audit-service listens on \d+/u);
    } finally {
      for (const server of busy) server.close();
    }
  });

  test('a directory that holds something is refused before anything starts', async () => {
    const run = start('--once', '--dir', base);
    expect(await run.code).toBe(2);
    expect(run.stderr()).toContain(`${base} is not empty; name a new directory, or remove it first`);
  });
});
