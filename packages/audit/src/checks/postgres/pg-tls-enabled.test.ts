import { expect, test } from 'vitest';
import { seenAt, settingsFact } from '../settings.fixture.ts';
import { pgTlsEnabled } from './pg-tls-enabled.ts';

test.each([
  ['hardened', 'pass', { ssl: 'on' }],
  ['weak', 'fail', { ssl: 'off' }],
  ['hidden', 'undecided', {}],
] as const)('%s: %s', (_, outcome, values) => {
  const verdict = pgTlsEnabled.evaluate({ 'pg.settings': settingsFact(values) }, {}, seenAt);
  expect(verdict.outcome).toBe(outcome);
  expect(verdict.evidence[0]).toMatchObject({ at: 'ssl', sql: `SELECT setting FROM pg_settings WHERE name = 'ssl'` });
});
