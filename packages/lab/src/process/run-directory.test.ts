import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findProcess } from './process-table.ts';
import { createRunDirectory, keepFile, recordPid } from './run-directory.ts';
import { waitFor } from './wait.ts';

const pidNamespace = readlinkSync('/proc/self/ns/pid');
// Above the largest pid Linux gives out.
const deadOwner = { pid: 4_194_305, startTicks: '1', pidNamespace };

describe('a run directory', () => {
  let base: string;
  let dir: string;
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'pgattest-run-'));
    dir = join(base, 'run');
  });
  afterEach(() => {
    rmSync(base, { recursive: true, force: true });
  });

  test('may be a new place or an empty one', () => {
    expect(createRunDirectory(dir)).toBe(dir);
    expect(JSON.parse(readFileSync(join(dir, 'owner.json'), 'utf8'))).toMatchObject({ pid: process.pid, pidNamespace });
  });

  test('is refused when it holds something', () => {
    writeFileSync(join(base, 'precious'), 'data');
    expect(() => createRunDirectory(base)).toThrow(`${base} is not empty; name a new directory, or remove it first`);
  });

  test('is refused while its owner lives', () => {
    createRunDirectory(dir);
    expect(() => createRunDirectory(dir)).toThrow('is not empty');
  });

  test('of a run that was killed is cleared, its processes ended', async () => {
    createRunDirectory(dir);
    const server = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', dir], { stdio: 'ignore' });
    try {
      const pid = server.pid ?? 0;
      await waitFor(() => (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dir) ? true : undefined), {
        timeoutMs: 60_000,
      });
      recordPid(dir, 'pg-demo-1', pid);
      writeFileSync(join(dir, 'owner.json'), JSON.stringify(deadOwner));
      writeFileSync(join(dir, 'old-data'), '');
      expect(createRunDirectory(dir)).toBe(dir);
      expect(existsSync(join(dir, 'old-data'))).toBe(false);
      const ended = await waitFor(() => (findProcess(pid) === undefined ? true : undefined), { timeoutMs: 60_000 });
      expect(ended).toBe(true);
    } finally {
      server.kill('SIGKILL');
    }
  });

  test('of a killed run that was to be kept stays', () => {
    createRunDirectory(dir);
    writeFileSync(join(dir, keepFile), '');
    writeFileSync(join(dir, 'owner.json'), JSON.stringify(deadOwner));
    expect(() => createRunDirectory(dir)).toThrow('is not empty');
    expect(existsSync(join(dir, keepFile))).toBe(true);
  });

  test('of another container that shares the temporary directory is left alone', () => {
    createRunDirectory(dir);
    writeFileSync(join(dir, 'owner.json'), JSON.stringify({ ...deadOwner, pidNamespace: 'pid:[1]' }));
    expect(() => createRunDirectory(dir)).toThrow('is not empty');
  });
});
