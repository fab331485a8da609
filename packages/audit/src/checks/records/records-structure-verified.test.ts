import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { recordsStructureVerified } from './records-structure-verified.ts';

type Drill = FactMap['records.drill-certificates'][number];
const drill = (changes: Partial<Drill>): Drill => ({
  id: 'restore-1',
  kind: 'restore',
  cluster: 'pg-test',
  finished: '2026-11-01T00:00:00Z',
  outcome: 'passed',
  repo: 1,
  rtoSeconds: 60,
  rpoSeconds: 0,
  checks: { databases: 'pass', amcheck: 'pass' },
  isVerified: true,
  problem: null,
  ...changes,
});
const judge = (...drills: readonly Drill[]) =>
  recordsStructureVerified.evaluate({ 'records.drill-certificates': drills }, recordsStructureVerified.params, seenAt);

test.each<readonly [string, string, readonly Drill[]]>([
  ['hardened: three weeks ago, without damage', 'pass', [drill({})]],
  ['a drill of a point in time counts too', 'pass', [drill({ kind: 'pitr' })]],
  ['weak: damage', 'fail', [drill({ checks: { amcheck: 'fail' }, outcome: 'failed' })]],
  [
    'damage, and none a week before',
    'fail',
    [drill({ checks: { amcheck: 'fail' } }), drill({ finished: '2026-10-25T00:00:00Z' })],
  ],
  ['two months ago', 'warn', [drill({ finished: '2026-09-20T00:00:00Z' })]],
  ['four months ago', 'fail', [drill({ finished: '2026-07-20T00:00:00Z' })]],
  ['never drilled', 'fail', []],
  ['switched off', 'fail', [drill({ checks: { amcheck: 'not_applicable' } })]],
  ['it could not look', 'fail', [drill({ checks: { amcheck: 'unavailable' } })]],
  [
    'switched off lately, run before',
    'pass',
    [drill({ finished: '2026-11-20T00:00:00Z', checks: { amcheck: 'not_applicable' } }), drill({})],
  ],
  ['of another cluster', 'fail', [drill({ cluster: 'pg-other' })]],
  ['changed afterwards', 'fail', [drill({ isVerified: false, problem: 'it was changed after it was sealed' })]],
])('%s: %s', (_, outcome, drills) => {
  const verdict = judge(...drills);
  expect(verdict.outcome).toBe(outcome);
  expect(verdict.evidence.length).toBeGreaterThan(0);
});

test('says why a certificate does not count, and shows that it is there', () => {
  const verdict = judge(drill({ isVerified: false, problem: 'no public key is configured to verify it with' }));
  expect(verdict.reason.en).toContain('no public key is configured');
  expect(evidenceLines(verdict)).toEqual(['certificates that tell of amcheck=restore-1']);
});
