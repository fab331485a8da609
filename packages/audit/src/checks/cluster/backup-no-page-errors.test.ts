import { expect, test } from 'vitest';
import { backupOf, infosOf, stanzaOf } from '../backup.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { backupNoPageErrors } from './backup-no-page-errors.ts';

test.each<readonly [string, string, ReturnType<typeof infosOf>]>([
  ['hardened', 'pass', infosOf(stanzaOf())],
  ['weak: broken pages', 'fail', infosOf(stanzaOf({ backups: [backupOf(5, { hasPageErrors: true })] }))],
  ['an old version does not tell', 'undecided', infosOf(stanzaOf({ backups: [backupOf(5, {}, false)] }))],
  ['no backup', 'fail', infosOf(stanzaOf({ backups: [] }))],
  ['no backups at all', 'fail', infosOf('there is no program pgbackrest')],
])('%s: %s', (_, outcome, given) => {
  const verdict = backupNoPageErrors.evaluate({ 'node.pgbackrest-info': given }, backupNoPageErrors.params, seenAt);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
