import { expect, test } from 'vitest';
import { infosOf, stanzaOf } from '../backup.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { backupStanzaHealthy } from './backup-stanza-healthy.ts';

test.each<readonly [string, string, ReturnType<typeof infosOf>]>([
  ['hardened', 'pass', infosOf(stanzaOf())],
  [
    'weak: the stanza is missing',
    'fail',
    infosOf(
      stanzaOf({
        code: 1,
        message: 'missing stanza path',
        repositories: [{ key: 1, cipher: 'none', code: 1, message: 'missing stanza path' }],
      }),
    ),
  ],
  [
    'one of two repositories',
    'warn',
    infosOf(
      stanzaOf({
        code: 4,
        repositories: [
          { key: 1, cipher: 'none', code: 0, message: 'ok' },
          { key: 2, cipher: 'none', code: 1, message: 'missing stanza path' },
        ],
      }),
    ),
  ],
  ['an error before any repository', 'fail', infosOf(stanzaOf({ code: 99, message: 'other', repositories: [] }))],
  ['no backups at all', 'fail', infosOf('there is no program pgbackrest')],
])('%s: %s', (_, outcome, given) => {
  const verdict = backupStanzaHealthy.evaluate({ 'node.pgbackrest-info': given }, backupStanzaHealthy.params, seenAt);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
