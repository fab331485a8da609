import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordsPasswordHistory, type PasswordHistory } from './password-history.ts';

let evidenceDir = '';
beforeEach(async () => {
  evidenceDir = await mkdtemp(join(tmpdir(), 'pgattest-password-history-'));
});
afterEach(async () => {
  await rm(evidenceDir, { recursive: true, force: true });
});

const file = async (run: string, probe: string, subject: string, value: unknown, at: string): Promise<void> => {
  const path = join(evidenceDir, 'pg-test', run, probe, `${subject}.json`);
  await mkdir(dirname(path), { recursive: true });
  const observation = value === undefined ? { status: 'unavailable', at } : { status: 'ok', at, value };
  await writeFile(path, JSON.stringify({ probe, subject, observation }));
};
const passwords = (...roles: readonly (readonly [string, string])[]) => ({
  isCopy: false,
  roles: roles.map(([name, fingerprint]) => ({ name, fingerprint })),
});
const collect = (): Promise<PasswordHistory> =>
  recordsPasswordHistory.collect({
    cluster: 'pg-test',
    drillDir: undefined,
    evidenceDir,
    signal: AbortSignal.timeout(20_000),
  });
const runOf = (day: number): string => `202611${String(day).padStart(2, '0')}T000000Z-1a2b3c4d`;

test('before the first run nothing is known, and without a folder nothing can be', async () => {
  expect(await collect()).toEqual({ folder: join(evidenceDir, 'pg-test'), begins: null, roles: [] });
});

test('the first run that saw fingerprints begins the history', async () => {
  await file(runOf(1), 'pg.known-passwords', 'pg-test-2', { isCopy: true, roles: [] }, '2026-11-01T00:00:00Z');
  await file(runOf(1), 'pg.known-passwords', 'pg-test-1', passwords(['app', 'a1']), '2026-11-01T00:00:01Z');
  expect(await collect()).toMatchObject({
    begins: '2026-11-01T00:00:01Z',
    roles: [{ name: 'app', fingerprint: 'a1', since: '2026-11-01T00:00:01Z' }],
  });
});

test('each run carries on what the one before knew; a new password begins anew, a dropped role is forgotten', async () => {
  const known = {
    folder: evidenceDir,
    begins: '2026-08-01T00:00:00Z',
    roles: [
      { name: 'app', fingerprint: 'a1', since: '2026-08-01T00:00:00Z' },
      { name: 'job', fingerprint: 'j1', since: '2026-08-01T00:00:00Z' },
      { name: 'gone', fingerprint: 'g1', since: '2026-08-01T00:00:00Z' },
    ],
  };
  await file(runOf(2), 'records.password-history', 'pg-test.records', known, '2026-11-02T00:00:00Z');
  await file(
    runOf(2),
    'pg.known-passwords',
    'pg-test-1',
    passwords(['app', 'a1'], ['job', 'j2']),
    '2026-11-02T00:00:00Z',
  );
  expect(await collect()).toMatchObject({
    begins: '2026-08-01T00:00:00Z',
    roles: [
      { name: 'app', fingerprint: 'a1', since: '2026-08-01T00:00:00Z' },
      { name: 'job', fingerprint: 'j2', since: '2026-11-02T00:00:00Z' },
    ],
  });
});

test('a run that could not see leaves what was known', async () => {
  const known = {
    folder: evidenceDir,
    begins: '2026-08-01T00:00:00Z',
    roles: [{ name: 'app', fingerprint: 'a1', since: '2026-08-01T00:00:00Z' }],
  };
  await file(runOf(2), 'records.password-history', 'pg-test.records', known, '2026-11-02T00:00:00Z');
  await file(runOf(2), 'pg.known-passwords', 'pg-test-1', undefined, '2026-11-02T00:00:00Z');
  await file(runOf(3), 'records.password-history', 'pg-test.records', undefined, '2026-11-03T00:00:00Z');
  expect(await collect()).toMatchObject({ begins: known.begins, roles: known.roles });
});
