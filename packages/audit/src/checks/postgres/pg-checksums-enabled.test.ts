import { expect, test } from 'vitest';
import { seenAt, settingsFact } from '../settings.fixture.ts';
import { pgChecksumsEnabled } from './pg-checksums-enabled.ts';

test.each([
  ['hardened', 'pass', { data_checksums: 'on' }],
  ['weak', 'fail', { data_checksums: 'off' }],
  ['hidden', 'undecided', {}],
] as const)('%s: %s', (_, outcome, values) => {
  const verdict = pgChecksumsEnabled.evaluate({ 'pg.settings': settingsFact(values) }, {}, seenAt);
  expect(verdict.outcome).toBe(outcome);
  expect(verdict.evidence.length).toBeGreaterThan(0);
});
