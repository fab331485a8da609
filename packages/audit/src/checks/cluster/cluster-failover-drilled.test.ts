import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { evidenceLines, ok, seenAt } from '../settings.fixture.ts';
import { clusterFailoverDrilled } from './cluster-failover-drilled.ts';

type Drill = FactMap['records.drill-certificates'][number];
const drill = (changes: Partial<Drill> = {}): Drill => ({
  id: 'pg-test-switchover-1',
  kind: 'switchover',
  cluster: 'pg-test',
  finished: '2026-10-01T00:00:00.000Z',
  outcome: 'passed',
  repo: null,
  rtoSeconds: 4.2,
  rpoSeconds: null,
  checks: {},
  isVerified: true,
  problem: null,
  ...changes,
});
const judge = (...drills: readonly Drill[]) =>
  clusterFailoverDrilled.evaluate(
    { 'records.drill-certificates': new Map([['pg-test.records', ok(drills)]]) },
    clusterFailoverDrilled.params,
    seenAt,
  );

test.each([
  ['hardened', 'pass', [drill()]],
  ['weak: never', 'fail', []],
  ['of another cluster', 'fail', [drill({ cluster: 'pg-other' })]],
  ['a restore is no failover', 'fail', [drill({ kind: 'restore' })]],
  ['eight months ago', 'warn', [drill({ finished: '2026-03-21T00:00:00.000Z' })]],
  ['two years ago', 'fail', [drill({ finished: '2024-11-21T00:00:00.000Z' })]],
  ['too slow', 'fail', [drill({ rtoSeconds: 90 })]],
  ['commits lost', 'fail', [drill({ kind: 'failover', rpoSeconds: 2 })]],
  ['failed', 'fail', [drill({ outcome: 'failed' })]],
  ['changed after it was sealed', 'fail', [drill({ isVerified: false, problem: 'it was changed' })]],
  [
    'aborted, with an older one that counts',
    'pass',
    [drill({ outcome: 'aborted', finished: '2026-11-01T00:00:00.000Z' }), drill()],
  ],
] as const)('%s: %s', (_, outcome, drills) => {
  expect(judge(...drills).outcome).toBe(outcome);
});

test('the evidence is the certificate', () => {
  expect(evidenceLines(judge(drill()))).toEqual([
    'pg-test.records certificate pg-test-switchover-1=passed 2026-10-01T00:00:00.000Z',
  ]);
});
