import { expect, test } from 'vitest';
import { localStateOf } from '../backup.fixture.ts';
import { ok, seenAt } from '../settings.fixture.ts';
import { backupVerified } from './backup-verified.ts';

test.each<readonly [string, string, ReturnType<typeof localStateOf>]>([
  ['hardened', 'pass', localStateOf()],
  [
    'weak: it failed',
    'fail',
    localStateOf({
      lastVerify: { outcome: 'failed', endedSeconds: Date.parse(seenAt.at) / 1000 - 1 * 86_400, exitCode: 82 },
    }),
  ],
  ['never', 'warn', localStateOf({ lastVerify: null })],
  [
    'two weeks ago',
    'warn',
    localStateOf({ lastVerify: { outcome: 'success', endedSeconds: Date.parse(seenAt.at) / 1000 - 14 * 86_400 } }),
  ],
  [
    'two months ago',
    'fail',
    localStateOf({ lastVerify: { outcome: 'success', endedSeconds: Date.parse(seenAt.at) / 1000 - 60 * 86_400 } }),
  ],
  [
    'it runs',
    'undecided',
    localStateOf({ lastVerify: { outcome: 'unfinished', endedSeconds: Date.parse(seenAt.at) / 1000 } }),
  ],
])('%s: %s', (_, outcome, given) => {
  const verdict = backupVerified.evaluate(
    { 'node.pgbackrest-local-state': new Map([['pg-test-1.node', ok(given)]]) },
    backupVerified.params,
    seenAt,
  );
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
