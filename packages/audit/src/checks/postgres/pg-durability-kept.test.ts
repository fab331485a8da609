import { expect, test } from 'vitest';
import { seenAt, settingsFact } from '../settings.fixture.ts';
import { pgDurabilityKept } from './pg-durability-kept.ts';

test.each([
  [
    'hardened',
    'pass',
    {
      fsync: 'on',
      full_page_writes: 'on',
      zero_damaged_pages: 'off',
      ignore_checksum_failure: 'off',
      ignore_invalid_pages: 'off',
      data_sync_retry: 'off',
      synchronous_commit: 'on',
    },
  ],
  [
    'weak: no fsync',
    'fail',
    {
      fsync: 'off',
      full_page_writes: 'on',
      zero_damaged_pages: 'off',
      ignore_checksum_failure: 'off',
      ignore_invalid_pages: 'off',
      data_sync_retry: 'off',
      synchronous_commit: 'on',
    },
  ],
  [
    'damage is ignored',
    'fail',
    {
      fsync: 'on',
      full_page_writes: 'on',
      zero_damaged_pages: 'on',
      ignore_checksum_failure: 'off',
      ignore_invalid_pages: 'off',
      data_sync_retry: 'off',
      synchronous_commit: 'on',
    },
  ],
  [
    'commits do not wait for the disk',
    'warn',
    {
      fsync: 'on',
      full_page_writes: 'on',
      zero_damaged_pages: 'off',
      ignore_checksum_failure: 'off',
      ignore_invalid_pages: 'off',
      data_sync_retry: 'off',
      synchronous_commit: 'off',
    },
  ],
  [
    'version 12 has no ignore_invalid_pages',
    'pass',
    {
      fsync: 'on',
      full_page_writes: 'on',
      zero_damaged_pages: 'off',
      ignore_checksum_failure: 'off',
      data_sync_retry: 'off',
      synchronous_commit: 'local',
      server_version_num: '120022',
    },
  ],
  [
    'version 10 has neither',
    'pass',
    {
      fsync: 'on',
      full_page_writes: 'on',
      zero_damaged_pages: 'off',
      ignore_checksum_failure: 'off',
      synchronous_commit: 'on',
      server_version_num: '100023',
    },
  ],
] as const)('%s: %s', (_, outcome, values) => {
  const verdict = pgDurabilityKept.evaluate({ 'pg.settings': settingsFact(values) }, {}, seenAt);
  expect(verdict.outcome).toBe(outcome);
  expect(verdict.evidence.length).toBeGreaterThan(0);
});
