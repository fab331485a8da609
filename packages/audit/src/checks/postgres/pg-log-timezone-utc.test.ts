import { expect, test } from 'vitest';
import { seenAt, settingsFact } from '../settings.fixture.ts';
import { pgLogTimezoneUtc } from './pg-log-timezone-utc.ts';

test.each([
  ['hardened', 'pass', { log_timezone: 'UTC' }],
  ['another name of UTC', 'pass', { log_timezone: 'Etc/UTC' }],
  ['weak: local time', 'warn', { log_timezone: 'Asia/Shanghai' }],
  ['a fixed offset that only looks like GMT', 'warn', { log_timezone: 'Etc/GMT+8' }],
] as const)('%s: %s', (_, outcome, values) => {
  const verdict = pgLogTimezoneUtc.evaluate({ 'pg.settings': settingsFact(values) }, pgLogTimezoneUtc.params, seenAt);
  expect(verdict.outcome).toBe(outcome);
  expect(verdict.evidence.length).toBeGreaterThan(0);
});
