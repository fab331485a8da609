import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { ok, seenAt } from '../settings.fixture.ts';
import { backupScheduled } from './backup-scheduled.ts';

test.each<readonly [string, string, readonly FactMap['node.backup-schedule']['entries'][]]>([
  [
    'hardened',
    'pass',
    [
      [{ file: '/var/spool/cron/postgres', line: 1, schedule: '00 01 * * *', type: 'full' }],
      [{ file: '/var/spool/cron/postgres', line: 1, schedule: '00 01 * * *', type: 'full' }],
    ],
  ],
  [
    'weak: one member has none',
    'fail',
    [[{ file: '/var/spool/cron/postgres', line: 1, schedule: '00 01 * * *', type: 'full' }], []],
  ],
  ['increments only', 'warn', [[{ file: '/var/spool/cron/postgres', line: 1, schedule: '00 01 * * *', type: 'incr' }]]],
  [
    'a wrapper that does not say',
    'pass',
    [[{ file: '/var/spool/cron/postgres', line: 1, schedule: '00 01 * * *', type: null }]],
  ],
])('%s: %s', (_, outcome, given) => {
  const verdict = backupScheduled.evaluate(
    {
      'node.backup-schedule': new Map(
        given.map((entries, index) => [
          `pg-test-${index + 1}.node`,
          ok({ entries, files: ['/var/spool/cron/postgres'] }),
        ]),
      ),
    },
    backupScheduled.params,
    seenAt,
  );
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
