import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { seenAt } from '../settings.fixture.ts';

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
  checks: { amcheck: 'pass' },
  isVerified: true,
  problem: null,
  ...changes,
});
import { recordsRestoreProven } from './records-restore-proven.ts';

test.each<readonly [string, string, readonly Drill[]]>([
  ['hardened', 'pass', [drill({})]],
  ['weak: never', 'fail', []],
  ['the last one failed', 'fail', [drill({}), drill({ finished: '2026-11-20T00:00:00Z', outcome: 'failed' })]],
  ['four months ago', 'warn', [drill({ finished: '2026-07-20T00:00:00Z' })]],
  ['a year ago', 'fail', [drill({ finished: '2025-11-20T00:00:00Z' })]],
  ['it does not verify', 'fail', [drill({ isVerified: false, problem: 'it was changed after it was sealed' })]],
  ['of another cluster', 'fail', [drill({ cluster: 'pg-other' })]],
  ['of a switchover', 'fail', [drill({ kind: 'switchover' })]],
])('%s: %s', (_, outcome, given) => {
  const verdict = recordsRestoreProven.evaluate(
    { 'records.drill-certificates': given },
    recordsRestoreProven.params,
    seenAt,
  );
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
