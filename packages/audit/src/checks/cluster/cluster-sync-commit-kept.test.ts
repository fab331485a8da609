import { expect, test } from 'vitest';
import { perMember } from '../patroni.fixture.ts';
import { rolesFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { clusterSyncCommitKept } from './cluster-sync-commit-kept.ts';

const judge = (synchronous_mode: boolean | string, ...values: readonly string[]) =>
  clusterSyncCommitKept.evaluate(
    {
      'pg.roles': perMember(
        '',
        {
          ...rolesFact([]),
          settings: values.map((value) => ({ database: null, role: 'app', name: 'synchronous_commit', value })),
        },
        undefined,
      ),
      'patroni.config': perMember('.patroni', { synchronous_mode }),
    },
    {},
    seenAt,
  );

test.each([
  ['hardened: nobody', 'pass', true, []],
  ['one that waits for more', 'pass', 'quorum', ['remote_apply']],
  ['weak: a role that does not wait', 'warn', true, ['local']],
  ['asynchronous anyway', 'not_applicable', false, ['off']],
] as const)('%s: %s', (_, outcome, mode, values) => {
  expect(judge(mode, ...values).outcome).toBe(outcome);
});

test('the evidence names the role', () => {
  expect(evidenceLines(judge(true, 'off'))).toEqual([
    'pg-test-1.patroni synchronous_mode=true',
    'pg-test-1 role app: synchronous_commit=|app|synchronous_commit=off',
  ]);
});
