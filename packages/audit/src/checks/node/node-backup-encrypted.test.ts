import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { backrestConfigOf } from '../backup.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { nodeBackupEncrypted } from './node-backup-encrypted.ts';

test.each<readonly [string, string, FactMap['node.pgbackrest-config']]>([
  ['hardened', 'pass', backrestConfigOf()],
  ['weak: in clear', 'fail', backrestConfigOf({ cipherType: 'none' })],
  ['a published passphrase', 'fail', backrestConfigOf({ publishedCipherPass: 'pigsty pgbackrest cipher' })],
  ['not configured', 'not_applicable', { isConfigured: false, path: '/etc/pgbackrest/pgbackrest.conf' }],
])('%s: %s', (_, outcome, given) => {
  const verdict = nodeBackupEncrypted.evaluate({ 'node.pgbackrest-config': given }, nodeBackupEncrypted.params, seenAt);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
