import { expect, test } from 'vitest';
import { seenAt, settingsFact } from '../settings.fixture.ts';
import { pgLogLocks } from './pg-log-locks.ts';

test.each([
  [
    'hardened',
    'pass',
    {
      log_checkpoints: 'on',
      log_lock_waits: 'on',
      log_temp_files: '1024',
      log_autovacuum_min_duration: '600000',
      log_lock_failures: 'on',
    },
  ],
  [
    'everything, from zero up',
    'pass',
    {
      log_checkpoints: 'on',
      log_lock_waits: 'on',
      log_temp_files: '0',
      log_autovacuum_min_duration: '0',
      log_lock_failures: 'on',
    },
  ],
  [
    'weak: temporary files unlogged',
    'warn',
    {
      log_checkpoints: 'on',
      log_lock_waits: 'on',
      log_temp_files: '-1',
      log_autovacuum_min_duration: '0',
      log_lock_failures: 'on',
    },
  ],
  [
    'version 17 has no lock failures',
    'pass',
    {
      log_checkpoints: 'on',
      log_lock_waits: 'on',
      log_temp_files: '0',
      log_autovacuum_min_duration: '0',
      server_version_num: '170006',
    },
  ],
] as const)('%s: %s', (_, outcome, values) => {
  const verdict = pgLogLocks.evaluate({ 'pg.settings': settingsFact(values) }, {}, seenAt);
  expect(verdict.outcome).toBe(outcome);
  expect(verdict.evidence.length).toBeGreaterThan(0);
});
