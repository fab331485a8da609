import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { commandLineOf, descendantsOf, findProcess } from './process-table.ts';
import { parseUsers } from './system-user.ts';
import { waitFor } from './wait.ts';

test('finds this process and its parent', () => {
  expect(findProcess(process.pid)).toMatchObject({ pid: process.pid, parentPid: process.ppid });
  expect(commandLineOf(process.pid)).toContain('node');
});

test('a zombie counts as gone, though kill(pid, 0) succeeds on it', async () => {
  // The shell never waits for its first child, so that child stays a zombie.
  const parent = spawn('/bin/sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const pid = Number(String(await once(parent.stdout, 'data')));
    const gone = await waitFor(() => (findProcess(pid) === undefined ? true : undefined), { timeoutMs: 60_000 });
    expect(gone).toBe(true);
    expect(process.kill(pid, 0)).toBe(true);
    expect(descendantsOf(parent.pid ?? 0)).toEqual([]);
  } finally {
    parent.kill('SIGKILL');
  }
});

test('users are read from passwd lines, malformed ones left out', () => {
  expect(parseUsers('root:x:0:0:root:/root:/bin/sh\n\n+::::::\nnobody:x:65534:65533:nobody:/:/bin/false\n')).toEqual([
    { name: 'root', uid: 0, gid: 0 },
    { name: 'nobody', uid: 65534, gid: 65533 },
  ]);
});
