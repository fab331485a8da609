import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomFreePort } from '@pgattest/lab';
import { afterEach, beforeEach, expect, test } from 'vitest';

const pgattest = fileURLToPath(new URL('../../packages/cli/dist/bin/pgattest.js', import.meta.url));

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'pgattest-fleet-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** The built program, whose reports of several clusters a thread writes. */
const audit = (...args: readonly string[]) =>
  spawnSync(process.execPath, [pgattest, 'audit', ...args], { cwd: directory, encoding: 'utf8' });

async function configure(...names: readonly string[]): Promise<void> {
  const port = await randomFreePort();
  const clusters = names.map((name) => ({
    name,
    members: [{ name: `${name}-1`, dsn: `host=127.0.0.1 port=${port} user=a` }],
  }));
  writeFileSync(join(directory, 'audit.yml'), JSON.stringify({ clusters, formats: ['sarif'], fail_on: 'never' }));
}

const filesIn = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

test('reports of several clusters have the bytes that their evidence gives again', async () => {
  await configure('one', 'two', 'three');
  const { status, stderr } = audit('run', '--config', 'audit.yml', '--quiet');
  expect(stderr).toBe('');
  expect(status).toBe(3);
  for (const name of ['one', 'two', 'three']) {
    const [run = ''] = readdirSync(join(directory, 'evidence', name)).filter((entry) => entry.startsWith('2'));
    audit('evaluate', join('evidence', name, run), '--report-dir', 'again', '--format', 'sarif');
    const written = filesIn(join(directory, 'reports', name, 'latest'));
    expect(Object.keys(written)).toContain('report.sarif');
    expect(written).toEqual(filesIn(join(directory, 'again', name, 'latest')));
  }
});

test('a report that cannot be written costs its cluster alone', async () => {
  await configure('one', 'two');
  mkdirSync(join(directory, 'reports'));
  writeFileSync(join(directory, 'reports', 'one'), 'in the way');
  const { status, stderr } = audit('run', '--config', 'audit.yml', '--quiet');
  expect(status).toBe(3);
  expect(stderr).toMatch(
    /^error: audit of one failed: cannot write the report of run .* "audit evaluate" writes the report again$/mu,
  );
  expect(readdirSync(join(directory, 'reports', 'two', 'latest'))).toContain('report.html');
});
