import { expect, test } from 'vitest';
import { backupOf, infosOf, stanzaOf } from '../backup.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { backupFullFresh } from './backup-full-fresh.ts';

test.each<readonly [string, string, ReturnType<typeof infosOf>]>([
  ['hardened', 'pass', infosOf(stanzaOf())],
  ['weak: two weeks old', 'fail', infosOf(stanzaOf({ backups: [backupOf(336)] }))],
  ['a little late', 'warn', infosOf(stanzaOf({ backups: [backupOf(200)] }))],
  ['only increments are fresh', 'fail', infosOf(stanzaOf({ backups: [backupOf(336), backupOf(2, { type: 'incr' })] }))],
  ['no backup', 'fail', infosOf(stanzaOf({ backups: [] }))],
  [
    'the second repository has none',
    'warn',
    infosOf(
      stanzaOf({
        repositories: [
          { key: 1, cipher: 'none', code: 0, message: 'ok' },
          { key: 2, cipher: 'none', code: 0, message: 'missing stanza path' },
        ],
      }),
    ),
  ],
  ['no backups at all', 'fail', infosOf('there is no program pgbackrest')],
])('%s: %s', (_, outcome, given) => {
  const verdict = backupFullFresh.evaluate({ 'node.pgbackrest-info': given }, backupFullFresh.params, seenAt);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
