import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { seenAt } from '../settings.fixture.ts';
import { recordsAlertDrilled } from './records-alert-drilled.ts';

type Drill = FactMap['records.drill-certificates'][number];
const drill = (changes: Partial<Drill> = {}): Drill => ({
  id: 'pg-test-alert-1',
  kind: 'alert',
  cluster: 'pg-test',
  finished: '2026-11-01T00:00:00.000Z',
  outcome: 'passed',
  repo: null,
  rtoSeconds: null,
  rpoSeconds: null,
  checks: {},
  isVerified: true,
  problem: null,
  ...changes,
});

test.each([
  ['lately', [drill()], 'pass'],
  ['four months ago', [drill({ finished: '2026-07-15T00:00:00.000Z' })], 'warn'],
  ['a year ago', [drill({ finished: '2025-11-01T00:00:00.000Z' })], 'fail'],
  ['never', [], 'fail'],
  ['of another cluster', [drill({ cluster: 'pg-other' })], 'fail'],
  ['another drill', [drill({ kind: 'restore' })], 'fail'],
  ['it did not arrive', [drill({ outcome: 'failed' })], 'fail'],
  ['changed afterwards', [drill({ isVerified: false, problem: 'it was changed' })], 'fail'],
  [
    'aborted after one that counts',
    [drill({ finished: '2026-11-02T00:00:00.000Z', outcome: 'aborted' }), drill()],
    'pass',
  ],
] as const)('%s: %s', (_what, drills, outcome) => {
  const facts = { 'records.drill-certificates': drills };
  expect(recordsAlertDrilled.evaluate(facts, recordsAlertDrilled.params, seenAt).outcome).toBe(outcome);
});
