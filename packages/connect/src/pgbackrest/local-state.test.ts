import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findLastRun, readLastRun } from './command-log.ts';
import { countReadySegments, progressOf, readBackupLock, readSpool, readStopFiles } from './local-state.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pgattest-local-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

test('a spool with pushed, failed and dropped segments', async () => {
  const out = join(folder, 'archive', 'demo', 'out');
  await mkdir(out, { recursive: true });
  await writeFile(join(out, '000000010000000000000001.ok'), '');
  await writeFile(join(out, '000000010000000000000002.ok'), '0\ndropped WAL file because archive queue exceeded 17MB');
  await writeFile(join(out, '000000010000000000000003.error'), '41\nunable to open: [13] Permission denied');
  await writeFile(join(out, 'global.error'), 'no number\nwhy');
  expect(await readSpool(folder, 'demo')).toEqual({
    ok: true,
    value: {
      errors: [
        { wal: '000000010000000000000003', exitCode: 41, message: 'unable to open: [13] Permission denied' },
        { wal: 'global', message: 'why' },
      ],
      pushed: 2,
      warned: 1,
    },
  });
  expect(await readSpool(folder, 'unknown')).toEqual({ ok: true, value: { errors: [], pushed: 0, warned: 0 } });
});

test('a lock file whose process is gone, or is another program, holds nothing', async () => {
  await writeFile(join(folder, 'demo-backup.lock'), `{"execId":"1-a","pid":${process.pid}}`);
  await writeFile(join(folder, 'demo-backup-2.lock'), '{"execId":"1-a","pid":4194304}');
  await writeFile(join(folder, 'demo-backup-extra-1.lock'), '{"pid":1}');
  expect(await readBackupLock(folder, 'demo')).toEqual({ ok: true, value: { isHeld: false } });
  expect(await readBackupLock(join(folder, 'none'), 'demo')).toEqual({ ok: true, value: { isHeld: false } });
});

test.each([
  ['{"pid":1,"sz":200,"szCplt":50}', 0.25],
  ['{"pid":1,"pctCplt":4567}', 0.4567],
  ['{"execId":"2887-ce68d2e9","pid":2887}', undefined],
])('progress in %s is %j', (text, progress) => {
  expect(progressOf(text)).toBe(progress);
});

test('stop files of a stanza and of all', async () => {
  await writeFile(join(folder, 'all.stop'), '');
  expect(await readStopFiles(folder, 'demo')).toEqual({ ok: true, value: { stanza: false, all: true } });
});

test('segments wait, histories and labels do not count', async () => {
  const status = join(folder, 'pg', 'pg_wal', 'archive_status');
  await mkdir(status, { recursive: true });
  for (const name of ['000000010000000000000001.ready', '000000010000000000000002.done', '00000002.history.ready'])
    await writeFile(join(status, name), '');
  expect(await countReadySegments(join(folder, 'pg'))).toEqual({ ok: true, value: 1 });
  expect(await countReadySegments(join(folder, 'none'))).toMatchObject({ ok: false, failure: { class: 'missing' } });
});

const begin = (time: string, options: string): string =>
  `2026-11-22 00:00:${time} P00   INFO: backup command begin 2.45: --config=/c ${options} --stanza=demo\n`;
const end = (time: string, how: string): string => `2026-11-22 00:00:${time} P00   INFO: backup command end: ${how}\n`;

test.each([
  [
    'one that succeeded',
    `${begin('01.000', '--repo=2 --type=full')}${end('09.500', 'completed successfully (8500ms)')}`,
    'success',
  ],
  [
    'one that failed',
    `${begin('01.000', '--repo=2 --type=full')}${end('09.500', 'aborted with exception [050]')}`,
    'failed',
  ],
  ['one that was terminated', `${begin('01.000', '')}${end('09.500', 'terminated on signal [SIGTERM]')}`, 'failed'],
  [
    'one without an end',
    `${begin('00.000', '')}${end('00.500', 'completed successfully')}${begin('01.000', '')}`,
    'unfinished',
  ],
])('the last run in a log: %s', (_, text, outcome) => {
  expect(findLastRun(text, 'backup')).toMatchObject({
    outcome,
    beganSeconds: new Date(2026, 10, 22, 0, 0, 1).getTime() / 1000,
  });
});

test('the exit status, repository and type of a run', async () => {
  const text = `${begin('01.000', '--repo=2 --type=full')}${end('09.500', 'aborted with exception [050]')}`;
  expect(findLastRun(text, 'backup')).toMatchObject({ exitCode: 50, repoKey: 2, type: 'full' });
  expect(findLastRun(text, 'expire')).toBeUndefined();
  await writeFile(join(folder, 'demo-backup.log'), `${text}${'x'.repeat(100_000)}\n`);
  expect(await readLastRun(folder, 'demo', 'backup')).toMatchObject({ ok: true, value: { exitCode: 50 } });
  expect(await readLastRun(folder, 'demo', 'restore')).toEqual({ ok: true, value: undefined });
});
