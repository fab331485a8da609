import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const script = new URL('../../lab/crash.mjs', import.meta.url).pathname;

test('a lab whose program is killed at a random moment goes down and comes up again', { timeout: 600_000 }, () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, '--tries', '2'], {
    encoding: 'utf8',
    timeout: 580_000,
  });
  // The seed is in the first line of the output: with it a failure can be had again.
  expect(status, `${stdout}${stderr}`).toBe(0);
  expect(stdout).toContain('2 passed, 0 failed');
});
