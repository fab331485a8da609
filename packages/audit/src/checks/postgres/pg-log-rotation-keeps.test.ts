import { expect, test } from 'vitest';
import { seenAt, settingsFact } from '../settings.fixture.ts';
import { pgLogRotationKeeps } from './pg-log-rotation-keeps.ts';

test.each([
  [
    'hardened: dated names',
    'pass',
    {
      logging_collector: 'on',
      log_destination: 'csvlog',
      log_filename: 'postgresql-%Y-%m-%d.log',
      log_truncate_on_rotation: 'on',
      log_rotation_age: '1440',
    },
  ],
  [
    'weekday names that are appended to',
    'pass',
    {
      logging_collector: 'on',
      log_destination: 'csvlog',
      log_filename: 'postgresql-%a.log',
      log_truncate_on_rotation: 'off',
      log_rotation_age: '1440',
    },
  ],
  [
    'no rotation by time, so no truncation',
    'pass',
    {
      logging_collector: 'on',
      log_destination: 'csvlog',
      log_filename: 'postgresql-%a.log',
      log_truncate_on_rotation: 'on',
      log_rotation_age: '0',
    },
  ],
  [
    'weak: overwritten after a week',
    'fail',
    {
      logging_collector: 'on',
      log_destination: 'csvlog',
      log_filename: 'postgresql-%a.log',
      log_truncate_on_rotation: 'on',
      log_rotation_age: '1440',
    },
  ],
  [
    'one name, emptied at each rotation',
    'fail',
    {
      logging_collector: 'on',
      log_destination: 'stderr',
      log_filename: 'postgresql.log',
      log_truncate_on_rotation: 'on',
      log_rotation_age: '60',
    },
  ],
  [
    'no log files of its own',
    'not_applicable',
    {
      logging_collector: 'off',
      log_destination: 'syslog',
      log_filename: 'postgresql-%a.log',
      log_truncate_on_rotation: 'on',
      log_rotation_age: '1440',
    },
  ],
  [
    'a hidden name',
    'undecided',
    { logging_collector: 'on', log_destination: 'csvlog', log_truncate_on_rotation: 'on', log_rotation_age: '1440' },
  ],
] as const)('%s: %s', (_, outcome, values) => {
  const verdict = pgLogRotationKeeps.evaluate(
    { 'pg.settings': settingsFact(values) },
    { minimumDays: 180, shippingProven: false },
    seenAt,
  );
  expect(verdict.outcome).toBe(outcome);
  expect(verdict.evidence.length).toBeGreaterThan(0);
});

test('proven shipping turns the overwrite into a warning', () => {
  const settings = settingsFact({
    logging_collector: 'on',
    log_destination: 'csvlog',
    log_filename: 'postgresql-%a.log',
    log_truncate_on_rotation: 'on',
    log_rotation_age: '1440',
  });
  const verdict = pgLogRotationKeeps.evaluate(
    { 'pg.settings': settings },
    { minimumDays: 180, shippingProven: true },
    seenAt,
  );
  expect(verdict.outcome).toBe('warn');
  expect(verdict.reason.zh).toContain('7 天后被覆盖');
});
