import { expect, test } from 'vitest';
import { perMember } from '../patroni.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { clusterFailoverHistory } from './cluster-failover-history.ts';

const line = (timeline: number, at: string | null) => ({ timeline, reason: '', at, newLeader: 'pg-test-2' });
const judge = (explained: number[], ...lines: readonly ReturnType<typeof line>[]) =>
  clusterFailoverHistory.evaluate(
    { 'patroni.history': perMember('.patroni', lines) },
    { windowDays: 30, maxUnexplained: 3, explained },
    seenAt,
  );
const lately = [1, 2, 3, 4].map((timeline) => line(timeline, `2026-11-1${timeline}T10:00:00.000Z`));

test.each([
  ['hardened: none', 'pass', [], []],
  ['long ago', 'pass', [], [line(1, '2026-09-01T00:00:00.000Z')]],
  ['a line of an old version, without a time', 'pass', [], [line(1, null)]],
  ['one without a record', 'warn', [], lately.slice(0, 1)],
  ['explained', 'pass', [1], lately.slice(0, 1)],
  ['weak: four in a month', 'fail', [], lately],
] as const)('%s: %s', (_, outcome, explained, lines) => {
  expect(judge([...explained], ...lines).outcome).toBe(outcome);
});

test('the evidence lists what the history says of the window', () => {
  expect(evidenceLines(judge([], ...lately.slice(0, 2)))).toEqual([
    'pg-test-1.patroni timelines that ended since 2026-10-22=1 pg-test-2\n2 pg-test-2',
  ]);
});
