import { expect, test } from 'vitest';
import { infosOf, stanzaOf } from '../backup.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { backupRepositoryShared } from './backup-repository-shared.ts';

test.each<readonly [string, string, ReturnType<typeof infosOf>]>([
  ['hardened', 'pass', infosOf(stanzaOf(), stanzaOf())],
  ['weak: a replica sees nothing', 'fail', infosOf(stanzaOf(), stanzaOf({ backups: [] }))],
  ['a replica has no pgBackRest', 'fail', infosOf(stanzaOf(), 'there is no program pgbackrest')],
  ['no backups at all', 'fail', infosOf('there is no program pgbackrest')],
])('%s: %s', (_, outcome, given) => {
  const verdict = backupRepositoryShared.evaluate(
    { 'node.pgbackrest-info': given },
    backupRepositoryShared.params,
    seenAt,
  );
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
