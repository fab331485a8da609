import { describe, expect, it } from 'vitest';
import { DrillError } from '../errors.ts';
import { findApprover, renderPlan } from './approval.ts';
import { conductDrill, judge, type ConductedDrill, type Drill } from './conduct.ts';
import { exitOf } from './run-drills.ts';

const plan = { title: 'a drill', changes: [], steps: ['look'], preconditions: [] };
const pass = { id: 'a', subject: 'b', outcome: 'pass', detail: 'c' } as const;
const finding = { code: 'x', subject: 'y', message: 'the disk is gone' };

async function conduct(execute: Drill['execute'], deadlineMs = 60_000): Promise<ConductedDrill> {
  let ms = 0;
  return conductDrill(
    { kind: 'restore', cluster: 'pg test/1', subject: 'repo1', plan, execute },
    {
      approval: { by: 'CHG-1', operator: 'root' },
      deadlineMs,
      signal: new AbortController().signal,
      clock: { now: () => new Date(Date.UTC(2026, 10, 22) + ms), elapsedMs: () => (ms += 500) },
      watcher: { begin: () => ({ end: () => undefined }) },
      pgattestVersion: '0.1.0',
    },
  );
}

describe('a drill', () => {
  it('that did all it should has passed', async () => {
    const { certificate, evidence } = await conduct(async (run) => {
      await run.timeline.run('look', 'look around', async (note) => note('nothing'));
      run.check(pass);
      run.record({ rtoSeconds: 1 });
      run.evidence('a.log', 'PGPASSWORD=sesame');
    });
    expect(certificate).toMatchObject({
      id: 'pg_test_1-restore-repo1-20261122T000000Z',
      outcome: 'passed',
      rtoSeconds: 1,
      steps: [{ id: 'look', detail: 'nothing', outcome: 'done', seconds: 0.5 }],
    });
    expect(certificate.reason).toBeUndefined();
    expect(evidence.get('a.log')).toBe('PGPASSWORD=***');
  });

  it('that was stopped is aborted, and says how things were left', async () => {
    const { certificate } = await conduct(async (run) => {
      run.record({ fromMember: 'n1' });
      await run.timeline.run('change', 'change', async () => {
        throw new DrillError('split_brain', 'stopped: two primaries; the cluster is: n1 primary, n2 primary');
      });
    });
    expect(certificate).toMatchObject({ outcome: 'aborted', fromMember: 'n1', steps: [{ outcome: 'failed' }] });
    expect(certificate.reason).toContain('n1 primary, n2 primary');
  });

  it('that exceeds its deadline is aborted', async () => {
    const { certificate } = await conduct(
      (run) =>
        new Promise((_, reject) => {
          run.signal.addEventListener('abort', () => reject(new Error('gave up')));
        }),
      20,
    );
    expect(certificate.outcome).toBe('aborted');
    expect(certificate.reason).toContain('the deadline of 0 s passed');
  });

  it.each([
    ['nothing wrong', undefined, [pass], [], 'passed'],
    ['a finding, although it was stopped', 'stopped', [], [finding], 'failed'],
    ['a failed check', undefined, [{ ...pass, outcome: 'fail' }], [], 'failed'],
    ['a check that could not be done', undefined, [{ ...pass, outcome: 'unavailable' }], [], 'aborted'],
    ['a check that has nothing to check', undefined, [{ ...pass, outcome: 'not_applicable' }], [], 'passed'],
    ['a stop', 'stopped', [pass], [], 'aborted'],
  ] as const)('with %s is judged so', (_, stopped, checks, findings, outcome) => {
    expect(judge(stopped, checks, findings).outcome).toBe(outcome);
  });
});

it.each([
  [['passed', 'passed'], 0],
  [['passed', 'aborted'], 3],
  [['aborted', 'failed'], 1],
] as const)('certificates %j give the exit code %i', (outcomes, code) => {
  expect(exitOf(outcomes.map((outcome) => ({ outcome })))).toBe(code);
});

it('the plan shows what changes and the state of every precondition', () => {
  const preconditions = [
    { id: 'a', title: 'one', state: 'met', detail: 'fine' },
    { id: 'b', title: 'two', state: 'unmet', detail: 'mend it' },
    { id: 'c', title: 'three', state: 'unknown', detail: 'no answer' },
  ] as const;
  expect(renderPlan({ ...plan, changes: ['the primary'], preconditions })).toBe(
    'a drill\nchanges:\n  - the primary\nsteps:\n  1. look\npreconditions:\n  ✓ one: fine\n  ✗ two: mend it\n  ? three: no answer\n',
  );
});

it.each([
  ['CHG-1', 'CHG-1'],
  [' Ada ', 'Ada'],
  ['', undefined],
  ['a\nb', undefined],
  [true, undefined],
])('%j is approved by %s', (given, by) => {
  expect(findApprover(given)).toBe(by);
});
