import { expect, test } from 'vitest';
import { seenAt, settingsFact } from '../settings.fixture.ts';
import { pgLogDisconnections } from './pg-log-disconnections.ts';

test.each([
  ['hardened', 'pass', { log_disconnections: 'on' }],
  ['weak', 'fail', { log_disconnections: 'off' }],
] as const)('%s: %s', (_, outcome, values) => {
  const verdict = pgLogDisconnections.evaluate({ 'pg.settings': settingsFact(values) }, {}, seenAt);
  expect(verdict.outcome).toBe(outcome);
  expect(verdict.evidence.length).toBeGreaterThan(0);
});
