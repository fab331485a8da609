import { expect, test } from 'vitest';
import { seenAt } from '../settings.fixture.ts';
import { pgbouncerNoKnownFlaw } from './pgbouncer-no-known-flaw.ts';

const judge = (version: string, failScore = 7) =>
  pgbouncerNoKnownFlaw.evaluate({ 'pgbouncer.version': { version, versionNum: 0 } }, { failScore }, seenAt);

test.each([
  ['1.12.0', 'fail'],
  ['1.18.0', 'fail'],
  ['1.25.1', 'fail'],
  ['1.26.0', 'fail'],
  ['1.26.1', 'pass'],
  ['1.27.0', 'pass'],
  ['2.0.0', 'warn'],
])('%s: %s', (version, outcome) => {
  expect(judge(version).outcome).toBe(outcome);
});

test('what is open is named, worst first, and not what came into later releases', () => {
  expect(judge('1.25.1').reason.en).toBe(
    '1.25.1 has CVE-2026-107350, CVE-2026-107349, CVE-2026-107348, CVE-2026-6665, CVE-2026-6668, CVE-2026-6664, CVE-2026-6666, CVE-2026-6667',
  );
  expect(judge('1.16.1').reason.en).not.toContain('CVE-2026-1073');
});

test('a flaw without a score is as bad as can be', () => {
  expect(judge('1.26.0', 9.9).outcome).toBe('fail');
});
