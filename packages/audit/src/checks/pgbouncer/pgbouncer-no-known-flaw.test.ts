import { expect, test } from 'vitest';
import { seenAt } from '../settings.fixture.ts';
import { pgbouncerNoKnownFlaw } from './pgbouncer-no-known-flaw.ts';

const judge = (version: string, versionNum: number) =>
  pgbouncerNoKnownFlaw.evaluate({ 'pgbouncer.version': { version, versionNum } }, {}, seenAt);

test.each([
  ['1.12.0', 11200, 'fail'],
  ['1.18.0', 11800, 'fail'],
  ['1.25.1', 12501, 'fail'],
  ['1.25.2', 12502, 'pass'],
  ['1.26.0', 12600, 'pass'],
])('%s: %s', (version, versionNum, outcome) => {
  expect(judge(version, versionNum).outcome).toBe(outcome);
});

test('what is open is named', () => {
  expect(judge('1.24.1', 12401).reason.en).toBe(
    '1.24.1 has CVE-2025-12819, CVE-2026-6664, CVE-2026-6665, CVE-2026-6666, CVE-2026-6667',
  );
});
