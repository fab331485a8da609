import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { evidenceLines, seenAt, settingsFact } from '../settings.fixture.ts';
import { pgNoChecksumFailures } from './pg-no-checksum-failures.ts';

const judge = (databases: FactMap['pg.database-stats'], values: Readonly<Record<string, string>> = {}) =>
  pgNoChecksumFailures.evaluate(
    { 'pg.settings': settingsFact({ data_checksums: 'on', ...values }), 'pg.database-stats': databases },
    {},
    seenAt,
  );
const sound = [
  { database: 'shop', checksumFailures: 0 },
  { database: null, checksumFailures: 0 },
];

test('hardened: no failure anywhere', () => {
  const verdict = judge(sound);
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toEqual(['checksum_failures of all databases=0']);
});

test('weak: a damaged page, also among shared objects', () => {
  const verdict = judge([
    { database: 'shop', checksumFailures: 3 },
    { database: null, checksumFailures: 1 },
  ]);
  expect(verdict.outcome).toBe('fail');
  expect(verdict.reason.en).toBe('corrupt pages were met in shop, shared objects');
  expect(evidenceLines(verdict)).toEqual([
    'checksum_failures of all databases=4',
    'databases with failures=shop|3\n|1',
  ]);
});

test('with checksums off, and before they were counted, it does not apply', () => {
  expect(judge(sound, { data_checksums: 'off' }).outcome).toBe('not_applicable');
  const uncounted = [{ database: 'shop', checksumFailures: null }];
  expect(judge(uncounted, { server_version_num: '110022' }).outcome).toBe('not_applicable');
});

test('counters that are all unknown are no proof', () => {
  expect(judge([{ database: 'shop', checksumFailures: null }]).outcome).toBe('undecided');
});
