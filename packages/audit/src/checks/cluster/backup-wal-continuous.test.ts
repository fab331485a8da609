import { expect, test } from 'vitest';
import { backupOf, infosOf, stanzaOf } from '../backup.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { backupWalContinuous } from './backup-wal-continuous.ts';

test.each<readonly [string, string, ReturnType<typeof infosOf>]>([
  ['hardened', 'pass', infosOf(stanzaOf())],
  [
    'weak: WAL begins too late',
    'fail',
    infosOf(
      stanzaOf({
        archives: [
          { id: '17-1', databaseId: 1, repoKey: 1, min: '000000010000000000000015', max: '000000010000000000000099' },
        ],
      }),
    ),
  ],
  [
    'WAL ends before the backup is consistent',
    'fail',
    infosOf(
      stanzaOf({
        archives: [
          { id: '17-1', databaseId: 1, repoKey: 1, min: '000000010000000000000001', max: '000000010000000000000010' },
        ],
      }),
    ),
  ],
  ['no WAL', 'fail', infosOf(stanzaOf({ archives: [] }))],
  [
    'a later timeline continues it',
    'pass',
    infosOf(
      stanzaOf({
        archives: [
          { id: '17-1', databaseId: 1, repoKey: 1, min: '000000010000000000000001', max: '000000020000000000000099' },
        ],
      }),
    ),
  ],
  [
    'a backup rests on one that is gone',
    'fail',
    infosOf(stanzaOf({ backups: [backupOf(240), backupOf(5, { type: 'incr', references: ['lost'] })] })),
  ],
  ['the window is short', 'warn', infosOf(stanzaOf({ backups: [backupOf(24)] }))],
  [
    'a repository without backups',
    'fail',
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
  const verdict = backupWalContinuous.evaluate({ 'node.pgbackrest-info': given }, backupWalContinuous.params, seenAt);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
