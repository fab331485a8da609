import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { backrestConfigOf } from '../backup.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { nodeBackupRetentionSet } from './node-backup-retention-set.ts';

test.each<readonly [string, string, FactMap['node.pgbackrest-config']]>([
  ['hardened', 'pass', backrestConfigOf()],
  ['weak: for ever', 'fail', backrestConfigOf({ retentionFull: null })],
  ['three days', 'fail', backrestConfigOf({ retentionFull: 3 })],
  ['two full backups', 'pass', backrestConfigOf({ retentionFullType: 'count', retentionFull: 2 })],
  ['one full backup', 'fail', backrestConfigOf({ retentionFullType: 'count', retentionFull: 1 })],
  ['not configured', 'not_applicable', { isConfigured: false, path: '/etc/pgbackrest/pgbackrest.conf' }],
])('%s: %s', (_, outcome, given) => {
  const verdict = nodeBackupRetentionSet.evaluate(
    { 'node.pgbackrest-config': given },
    nodeBackupRetentionSet.params,
    seenAt,
  );
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
