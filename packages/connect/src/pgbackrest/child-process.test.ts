import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runChild, type ChildPlan } from './child-process.ts';

const mark = (): string => String(900_000_000 + Math.floor(Math.random() * 99_000_000));

function shell(script: string, more: Partial<ChildPlan> = {}): ReturnType<typeof runChild> {
  return runChild({
    file: '/bin/bash',
    args: ['-c', script],
    env: { PATH: '/usr/bin:/bin' },
    timeoutMs: 50_000,
    maxOutputBytes: 1_000_000,
    ...more,
  });
}

function processesWith(word: string): readonly string[] {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(word);
    } catch {
      return false;
    }
  });
}

test('output, errors and status of a program that ends', async () => {
  const outcome = await shell('echo out; echo err >&2; exit 3');
  expect(outcome).toMatchObject({ end: 'exited', exitCode: 3, stdout: 'out\n', stderr: 'err\n' });
});

test('a program that is not there', async () => {
  const outcome = await shell('', { file: '/nowhere/pgbackrest' });
  expect(outcome.end).toBe('not_started');
  expect(outcome.stderr).toContain('ENOENT');
});

test('at its deadline a program ends with children in its group and in sessions of their own', async () => {
  const word = mark();
  const script = `trap '' TERM; sleep ${word} & setsid bash -c "trap '' TERM; sleep ${word}; sleep ${word}" & wait; wait`;
  const outcome = await shell(script, { timeoutMs: 500 });
  expect(outcome.end).toBe('timeout');
  expect(processesWith(word)).toEqual([]);
});

test('a child left behind that holds the output does not keep the answer', async () => {
  const word = mark();
  const outcome = await shell(`sleep ${word} & echo done`);
  expect(outcome).toMatchObject({ end: 'exited', exitCode: 0, stdout: 'done\n' });
  expect(processesWith(word)).toEqual([]);
});

test('a program that prints without end is stopped', async () => {
  const outcome = await shell('while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done', { maxOutputBytes: 100_000 });
  expect(outcome.end).toBe('overflow');
});

test('abort ends a program, and one that was aborted before is never started', async () => {
  const controller = new AbortController();
  const running = shell('sleep 1000', { signal: controller.signal });
  controller.abort();
  expect((await running).end).toBe('aborted');
  expect((await shell('true', { signal: controller.signal })).end).toBe('aborted');
});

test('one that somebody kills is told from one that ends', async () => {
  expect((await shell('kill -9 $$')).end).toBe('signalled');
});

test('characters that are cut in two by a pipe stay whole', async () => {
  const outcome = await shell(`printf '\\xe4'; sleep 0.2; printf '\\xbd\\xa0'`);
  expect(outcome.stdout).toBe('你');
});
