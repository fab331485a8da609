import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commandLineOf, findProcess, sendSignal } from './process-table.ts';
import { keepFile } from './run-directory.ts';
import { waitFor } from './wait.ts';
import { startWatchdog, watchdogScript } from './watchdog.ts';

/** An owner that guards a directory with the real script, starts a "server" that ignores Ctrl-C, and is then killed. */
const ownerScript = `
const { spawn } = require('node:child_process');
const { writeFileSync } = require('node:fs');
const [dir, script] = process.argv.slice(1);
spawn('/bin/sh', ['-c', script, 'pgattest-watchdog', dir], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
const server = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', dir], { detached: true, stdio: 'ignore' });
writeFileSync(dir + '/pids/server', server.pid + '\\n');
process.stdout.write(String(server.pid));
setInterval(() => {}, 1000);
`;

describe('the watchdog of a run', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'pgattest-watchdog-'));
    mkdirSync(join(dir, 'pids'));
    writeFileSync(join(dir, 'owner.json'), '{}');
  });
  afterEach(() => {
    rmSync(dir, { recursive: true, force: true });
  });

  const startAndKillOwner = async (): Promise<number> => {
    const owner = spawn(process.execPath, ['-e', ownerScript, dir, watchdogScript], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const server = Number(String(await once(owner.stdout, 'data')));
    // Only a running server names the directory: exec has happened.
    await waitFor(() => (commandLineOf(server).includes(dir) ? true : undefined), { timeoutMs: 60_000 });
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    return server;
  };

  test('ends the servers and removes the directory when its owner is killed', async () => {
    const server = await startAndKillOwner();
    const gone = await waitFor(() => (existsSync(dir) ? undefined : true), { timeoutMs: 60_000 });
    expect(gone).toBe(true);
    expect(findProcess(server)).toBeUndefined();
  });

  test('leaves the directory when the run is to be kept, but not the servers', async () => {
    writeFileSync(join(dir, keepFile), '');
    const server = await startAndKillOwner();
    const gone = await waitFor(() => (findProcess(server) === undefined ? true : undefined), { timeoutMs: 60_000 });
    expect(gone).toBe(true);
    expect(existsSync(dir)).toBe(true);
  });

  test('spares a process that has taken over the pid of a server of ours', async () => {
    const stranger = spawn('/bin/sleep', ['60'], { stdio: 'ignore' });
    try {
      writeFileSync(join(dir, 'pids', 'pg-demo-1'), `${String(stranger.pid)}\n`);
      const watchdog = startWatchdog(dir);
      await watchdog.dismiss();
      expect(existsSync(dir)).toBe(false);
      expect(findProcess(stranger.pid ?? 0)).toBeDefined();
    } finally {
      stranger.kill('SIGKILL');
    }
  });

  test('removes nothing that does not say it is a run directory', async () => {
    rmSync(join(dir, 'owner.json'));
    writeFileSync(join(dir, 'precious'), 'data');
    await startWatchdog(dir).dismiss();
    expect(readFileSync(join(dir, 'precious'), 'utf8')).toBe('data');
  });
});

test('a signal to a process that is gone says so instead of failing', async () => {
  const child = spawn('/bin/true', { stdio: 'ignore' });
  await once(child, 'exit');
  expect(sendSignal(child.pid ?? 0, 'SIGTERM')).toBe(false);
});
