import { expect, test } from 'vitest';
import { seenAt, settingsFact } from '../settings.fixture.ts';
import { pgVersionSupported } from './pg-version-supported.ts';

const judge = (version: string, at: string) =>
  pgVersionSupported.evaluate(
    { 'pg.settings': settingsFact({ server_version_num: version }) },
    { warnDays: 180, staleAfterDays: 90 },
    { ...seenAt, at },
  );

test.each([
  ['hardened: years to go', 'pass', '180004', '2026-11-21T12:00:00.000Z'],
  ['the end is near', 'warn', '150019', '2027-06-01T00:00:00.000Z'],
  ['the last day still counts', 'warn', '140024', '2026-11-12T23:59:59.000Z'],
  ['weak: the day after', 'fail', '140024', '2026-11-13T00:00:00.000Z'],
  ['a version from before the table', 'fail', '90624', '2026-11-21T12:00:00.000Z'],
  ['a version the table does not know yet', 'warn', '190000', '2026-11-21T12:00:00.000Z'],
  ['a table too old to trust', 'warn', '180004', '2027-01-15T00:00:00.000Z'],
])('%s: %s', (_, outcome, version, at) => {
  expect(judge(version, at).outcome).toBe(outcome);
});

test('the reason prints the date of the table', () => {
  expect(judge('180004', seenAt.at).reason).toEqual({
    en: 'PostgreSQL 18 is supported until 2030-11-14 (support table of 2026-09-30)',
    zh: '经核查，PostgreSQL 18 维护期至 2030-11-14（支持周期表日期 2026-09-30），符合要求',
  });
});
