import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { backrestConfigOf } from '../backup.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { nodeBackupAccessKeyOwn } from './node-backup-access-key-own.ts';

test.each<readonly [string, string, FactMap['node.pgbackrest-config']]>([
  ['hardened', 'pass', backrestConfigOf()],
  ['weak: the secret of the manual', 'fail', backrestConfigOf({ publishedAccessSecret: 'pigsty minio backup user' })],
  ['no object store', 'not_applicable', backrestConfigOf({ type: 'posix', place: null })],
  ['not configured', 'not_applicable', { isConfigured: false, path: '/etc/pgbackrest/pgbackrest.conf' }],
])('%s: %s', (_, outcome, given) => {
  const verdict = nodeBackupAccessKeyOwn.evaluate(
    { 'node.pgbackrest-config': given },
    nodeBackupAccessKeyOwn.params,
    seenAt,
  );
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
