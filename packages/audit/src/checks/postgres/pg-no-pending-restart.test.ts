import { expect, test } from 'vitest';
import { evidenceLines, seenAt, settingsFact } from '../settings.fixture.ts';
import { pgNoPendingRestart } from './pg-no-pending-restart.ts';

const judge = (...pending: readonly string[]) =>
  pgNoPendingRestart.evaluate(
    {
      'pg.settings': settingsFact(
        { max_connections: '100', shared_preload_libraries: '', wal_level: 'replica' },
        Object.fromEntries(pending.map((name) => [name, { pendingRestart: true }])),
      ),
    },
    pgNoPendingRestart.params,
    seenAt,
  );

test('hardened: nothing waits', () => {
  const verdict = judge();
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toEqual(['settings waiting for a restart=0']);
});

test('an ordinary setting that waits is a warning', () => {
  expect(judge('max_connections').outcome).toBe('warn');
});

test('weak: a security setting that waits fails, and the names are in byte order', () => {
  const verdict = judge('wal_level', 'max_connections');
  expect(verdict.outcome).toBe('fail');
  expect(verdict.reason.en).toBe('a security setting waits for a restart: wal_level');
  expect(evidenceLines(verdict)).toEqual([
    'settings waiting for a restart=2',
    'their names=max_connections\nwal_level',
  ]);
});

test('a role that does not see every setting cannot say that none waits', () => {
  const facts = { 'pg.settings': settingsFact({ max_connections: '100' }) };
  expect(pgNoPendingRestart.evaluate(facts, pgNoPendingRestart.params, seenAt).outcome).toBe('undecided');
});
