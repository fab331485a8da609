import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processesOf } from '@pgattest/lab';
import { afterAll, expect, test, vi } from 'vitest';
import { poll } from './ha-lab.ts';

const root = new URL('../../../', import.meta.url).pathname;
const entry = join(root, 'packages/cli/dist/bin/pgattest.js');
const account = join(root, 'test/usage/account.mjs');
const work = mkdtempSync(join(tmpdir(), 'pgattest-quickstart-full-'));
const directory = join(tmpdir(), `pgattest-lab-${process.getuid?.() ?? 0}`, 'quickstart');

// It waits twice, for the stack and for its rules.
vi.setConfig({ testTimeout: 600_000 });

afterAll(() => {
  spawnSync(process.execPath, [entry, 'lab', 'down', '--name', 'quickstart']);
  rmSync(work, { recursive: true, force: true });
});

test('the quickstart on the whole stack audits it, opens ports that work, and leaves only the reports', async () => {
  const child = spawn(process.execPath, [entry, 'quickstart', '--full'], {
    cwd: work,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const heard = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (heard.stdout += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (heard.stderr += chunk.toString('utf8')));
  let code: number | undefined;
  const ended = new Promise<void>((resolve) => {
    child.once('close', (status) => {
      code = status ?? -1;
      resolve();
    });
  });
  try {
    await poll(
      'it waits for Ctrl-C',
      () => Promise.resolve(heard.stderr.includes('Ctrl-C') || code !== undefined ? undefined : `${heard.stderr}...`),
      220_000,
    );
    expect(code, heard.stderr).toBeUndefined();
    const urls = heard.stdout.match(/http:\/\/127\.0\.0\.1:\d+\S*/gu) ?? [];
    const statuses = await Promise.all(
      urls.map(async (url) => (await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(30_000) })).status),
    );
    // Three exporters, HAProxy (which wants a password), VictoriaMetrics (which redirects), vmalert, Alertmanager, auditor.
    expect(statuses).toEqual([200, 200, 200, 401, 301, 200, 200, 200]);
    const dsn = /psql "([^"]+)"/u.exec(heard.stdout)?.[1] ?? '';
    const psql = spawnSync('psql', ['-XAt', dsn, '-c', 'SELECT current_user, pg_is_in_recovery()'], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect(psql.stdout, psql.stderr).toBe('app_rw|f\n');
    const victoriaMetrics = new URL('/', urls[4]).href;
    await poll(
      'every name that dashboards of Pigsty read has data, or a reason that holds',
      () => {
        const { status, stdout, stderr } = spawnSync(process.execPath, [account, victoriaMetrics], {
          encoding: 'utf8',
        });
        return Promise.resolve(status === 0 ? undefined : `${stdout}${stderr}`);
      },
      240_000,
    );
    await poll(
      'every query of every panel has data, or its panel says why it has none',
      () => {
        const check = [entry, 'dashboards', 'check', '--url', victoriaMetrics, '--present', 'before-postgresql-17'];
        const { status, stdout, stderr } = spawnSync(process.execPath, check, { encoding: 'utf8' });
        return Promise.resolve(status === 0 ? undefined : `${stdout}${stderr}`);
      },
      120_000,
    );
  } finally {
    child.kill('SIGINT');
    await ended;
  }
  expect(code).toBe(0);
  expect(readFileSync(join(work, 'report/pg-demo/latest/report.html'), 'utf8')).toContain('pg-demo-3');
  expect(existsSync(directory)).toBe(false);
  expect(processesOf(directory)).toEqual([]);
});
