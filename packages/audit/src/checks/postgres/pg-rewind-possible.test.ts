import { expect, test } from 'vitest';
import { seenAt, settingsFact } from '../settings.fixture.ts';
import { pgRewindPossible } from './pg-rewind-possible.ts';

test.each([
  ['hardened: checksums', 'pass', { data_checksums: 'on', wal_log_hints: 'off', full_page_writes: 'on' }],
  ['hints without checksums', 'pass', { data_checksums: 'off', wal_log_hints: 'on', full_page_writes: 'on' }],
  ['weak: neither', 'warn', { data_checksums: 'off', wal_log_hints: 'off', full_page_writes: 'on' }],
  ['no full page writes', 'warn', { data_checksums: 'on', wal_log_hints: 'on', full_page_writes: 'off' }],
  ['hidden', 'undecided', { data_checksums: 'on' }],
] as const)('%s: %s', (_, outcome, values) => {
  const verdict = pgRewindPossible.evaluate({ 'pg.settings': settingsFact(values) }, {}, seenAt);
  expect(verdict.outcome).toBe(outcome);
  expect(verdict.evidence.length).toBeGreaterThan(0);
});
