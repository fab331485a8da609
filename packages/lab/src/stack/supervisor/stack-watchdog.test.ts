import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { waitFor } from '../../process/wait.ts';
import { labMarker, processesOf } from '../sweep.ts';
import { stackWatchdogScript } from './stack-watchdog.ts';

test('the guard ends everything with the mark when its pipe closes, and nothing when it is dismissed', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'pgattest-guard-'));
  const children = ['a', 'b'].map(() =>
    spawn('/bin/sleep', ['1000'], { detached: true, stdio: 'ignore', env: { [labMarker]: directory } }),
  );
  const guard = (): ReturnType<typeof spawn> =>
    spawn('/bin/sh', ['-c', stackWatchdogScript, 'guard', directory, labMarker], {
      env: { PATH: '/usr/bin:/bin' },
      stdio: ['pipe', 'ignore', 'inherit'],
    });
  try {
    const dismissed = guard();
    const dismissedEnd = new Promise((resolve) => dismissed.once('exit', resolve));
    dismissed.stdin?.end('dismissed\n');
    await dismissedEnd;
    expect(processesOf(directory)).toHaveLength(2);

    children[0]?.kill('SIGSTOP');
    const left = guard();
    left.stdin?.end();
    expect(await waitFor(() => (processesOf(directory).length === 0 ? true : undefined), { timeoutMs: 30_000 })).toBe(
      true,
    );
  } finally {
    for (const child of children) child.kill('SIGKILL');
    rmSync(directory, { recursive: true });
  }
});
