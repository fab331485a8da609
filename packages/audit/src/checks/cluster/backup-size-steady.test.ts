import { expect, test } from 'vitest';
import { backupOf, infosOf, stanzaOf } from '../backup.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { backupSizeSteady } from './backup-size-steady.ts';

test.each<readonly [string, string, ReturnType<typeof infosOf>]>([
  ['hardened', 'pass', infosOf(stanzaOf())],
  ['weak: half is gone', 'warn', infosOf(stanzaOf({ backups: [backupOf(240), backupOf(5, { sizeBytes: 400 })] }))],
  ['one backup only', 'not_applicable', infosOf(stanzaOf({ backups: [backupOf(5)] }))],
  ['no backups at all', 'fail', infosOf('there is no program pgbackrest')],
])('%s: %s', (_, outcome, given) => {
  const verdict = backupSizeSteady.evaluate({ 'node.pgbackrest-info': given }, backupSizeSteady.params, seenAt);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
