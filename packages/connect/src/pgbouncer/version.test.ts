import { expect, test } from 'vitest';
import { parsePgbouncerVersion } from './version.ts';

test.each([
  ['1.18.0/bouncer', 11_800],
  ['1.8.1/bouncer', 10_801],
  ['PgBouncer 1.25.2', 12_502],
  ['1.26dev', 12_600],
  ['12.3', 120_300],
  ['', undefined],
  ['bouncer', undefined],
])('%j is %j', (text, version) => {
  expect(parsePgbouncerVersion(text)).toBe(version);
});
