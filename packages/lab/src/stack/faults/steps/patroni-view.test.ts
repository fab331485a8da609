import { expect, test } from 'vitest';
import { parseMemberView } from './patroni-view.ts';

test('the keys that Patroni leaves out are facts that do not hold', () => {
  expect(parseMemberView('{"state": "running", "role": "master", "timeline": 3}')).toEqual({
    state: 'running',
    role: 'master',
    isPaused: false,
    isFailsafeActive: false,
    isUnlocked: false,
  });
});

test('a cluster in failsafe mode, paused and without a leader is seen as that', () => {
  expect(
    parseMemberView(
      '{"state":"running","role":"replica","pause":true,"failsafe_mode_is_active":true,"cluster_unlocked":true}',
    ),
  ).toMatchObject({ isPaused: true, isFailsafeActive: true, isUnlocked: true });
});

test.each(['', '{"state": "runn', '[]', '"running"', 'null'])(
  'an answer like %j is no view of a running member',
  (body) => {
    expect(parseMemberView(body)?.state ?? 'none').not.toBe('running');
  },
);
