import { expect, test } from 'vitest';
import { backupOf, infosOf, stanzaOf } from '../backup.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { backupRecent } from './backup-recent.ts';

test.each<readonly [string, string, ReturnType<typeof infosOf>]>([
  ['hardened', 'pass', infosOf(stanzaOf())],
  ['weak: three days old', 'fail', infosOf(stanzaOf({ backups: [backupOf(72)] }))],
  ['a little late', 'warn', infosOf(stanzaOf({ backups: [backupOf(30)] }))],
  ['an increment counts', 'pass', infosOf(stanzaOf({ backups: [backupOf(72), backupOf(2, { type: 'incr' })] }))],
  ['no backups at all', 'fail', infosOf('there is no program pgbackrest')],
])('%s: %s', (_, outcome, given) => {
  const verdict = backupRecent.evaluate({ 'node.pgbackrest-info': given }, backupRecent.params, seenAt);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
