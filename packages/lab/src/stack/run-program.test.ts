import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { findProcess } from '../process/process-table.ts';
import { waitFor } from '../process/wait.ts';
import { runProgram, startProgram } from './run-program.ts';

const place = { env: { PATH: '/usr/bin:/bin' }, cwd: tmpdir(), timeoutMs: 30_000 };

test('a program gets its input, its environment and nothing else, and its words and code come back', async () => {
  const argv = ['/bin/sh', '-c', 'cat; env; echo trouble >&2; exit 3'] as const;
  const result = await runProgram({
    ...place,
    argv: [...argv],
    input: 'given\n',
    env: { PATH: '/usr/bin:/bin', A: '1' },
  });
  expect(result.code).toBe(3);
  expect(result.stderr).toBe('trouble\n');
  expect(result.stdout.split('\n').filter((line) => !/^(?:PWD|_|SHLVL)=/u.test(line))).toEqual(
    expect.arrayContaining(['given', 'A=1', 'PATH=/usr/bin:/bin']),
  );
  expect(result.stdout).not.toContain('HOME=');
});

test('a program that does not end is killed with everything it started', async () => {
  const lines: string[] = [];
  const program = await startProgram({
    ...place,
    argv: ['/bin/sh', '-c', 'sleep 1000 & echo $!; wait'],
    timeoutMs: 500,
    onLine: (line) => lines.push(line),
  });
  expect((await program.ended).code).toBeUndefined();
  const child = Number(lines[0]);
  expect(child).toBeGreaterThan(1);
  expect(await waitFor(() => (findProcess(child) === undefined ? true : undefined), { timeoutMs: 20_000 })).toBe(true);
});

test('a program that is not there is a clear error', async () => {
  await expect(runProgram({ ...place, argv: ['/nowhere/patroni'] })).rejects.toThrow('cannot start /nowhere/patroni');
});

test('a program that ends while its child keeps the pipe does not keep us waiting', async () => {
  const result = await runProgram({ ...place, argv: ['/bin/sh', '-c', 'sleep 20 & echo done'] });
  expect(result).toMatchObject({ code: 0, stdout: 'done\n' });
});
