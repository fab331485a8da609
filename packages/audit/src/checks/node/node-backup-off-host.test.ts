import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { backrestConfigOf } from '../backup.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { nodeBackupOffHost } from './node-backup-off-host.ts';

test.each<readonly [string, string, FactMap['node.pgbackrest-config']]>([
  ['hardened', 'pass', backrestConfigOf()],
  ['weak: beside the data', 'fail', backrestConfigOf({ type: 'posix', place: null })],
  ['a repository host', 'pass', backrestConfigOf({ type: 'posix', place: 'backup-1' })],
  ['not configured', 'not_applicable', { isConfigured: false, path: '/etc/pgbackrest/pgbackrest.conf' }],
])('%s: %s', (_, outcome, given) => {
  const verdict = nodeBackupOffHost.evaluate({ 'node.pgbackrest-config': given }, nodeBackupOffHost.params, seenAt);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
