import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { recordsAuditorIntact } from './records-auditor-intact.ts';

type Auditor = FactMap['records.auditor'];
const previous = {
  runId: '20261120T120000Z-1a2b3c4d',
  finishedAt: '2026-11-20T12:00:00.000Z',
  version: '0.9.0',
  rulesSha256: 'b'.repeat(64),
  programSha256: 'a'.repeat(64),
};
const auditor: Auditor = {
  version: '0.9.0',
  rulesSha256: 'b'.repeat(64),
  programSha256: 'a'.repeat(64),
  programFiles: 3,
  account: 'pgattest',
  previous,
};
const judge = (changes: Partial<Auditor> = {}, params: Partial<typeof recordsAuditorIntact.params> = {}) =>
  recordsAuditorIntact.evaluate(
    { 'records.auditor': { ...auditor, ...changes } },
    { ...recordsAuditorIntact.params, ...params },
    seenAt,
  );
const other = 'c'.repeat(64);

test.each<readonly [string, Partial<Auditor>, Partial<typeof recordsAuditorIntact.params>, string]>([
  ['hardened: the same program as in the run before', {}, {}, 'pass'],
  ['hardened: the declared program, on the first run', { previous: null }, { programSha256: 'a'.repeat(64) }, 'pass'],
  ['weak: not the declared program', {}, { programSha256: other }, 'fail'],
  ['weak: not the declared rules', {}, { programSha256: 'a'.repeat(64), rulesSha256: other }, 'fail'],
  ['weak: another program of the same version', { programSha256: other }, {}, 'fail'],
  ['weak: other rules of the same version', { rulesSha256: other }, {}, 'fail'],
  ['weak: the clock went back', { previous: { ...previous, finishedAt: '2027-01-01T00:00:00.000Z' } }, {}, 'fail'],
  [
    'a new version is for a person to say',
    { version: '0.10.0', programSha256: other, rulesSha256: other },
    {},
    'manual',
  ],
  ['so is the first run', { previous: null }, {}, 'manual'],
  ['a run before that told no digest', { previous: { ...previous, programSha256: null } }, {}, 'manual'],
])('%s: %s', (_, changes, params, outcome) => {
  const verdict = judge(changes, params);
  expect(verdict.outcome).toBe(outcome);
  expect(evidenceLines(verdict)[0]).toContain('program of version');
});
