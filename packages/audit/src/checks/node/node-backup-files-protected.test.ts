import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { backrestConfigOf } from '../backup.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { nodeBackupFilesProtected } from './node-backup-files-protected.ts';

test.each<readonly [string, string, FactMap['node.pgbackrest-config']]>([
  ['hardened', 'pass', backrestConfigOf()],
  ['weak: anybody may read it', 'fail', backrestConfigOf({}, { mode: '0644' })],
  [
    'an open repository',
    'fail',
    backrestConfigOf({ type: 'posix', place: null, folder: { mode: '0755', owner: 'postgres' } }),
  ],
  ['TLS is not verified', 'fail', backrestConfigOf({ verifiesTls: false })],
  ['not configured', 'not_applicable', { isConfigured: false, path: '/etc/pgbackrest/pgbackrest.conf' }],
])('%s: %s', (_, outcome, given) => {
  const verdict = nodeBackupFilesProtected.evaluate(
    { 'node.pgbackrest-config': given },
    nodeBackupFilesProtected.params,
    seenAt,
  );
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
