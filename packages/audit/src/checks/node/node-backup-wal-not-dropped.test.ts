import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { backrestConfigOf, localStateOf } from '../backup.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { nodeBackupWalNotDropped } from './node-backup-wal-not-dropped.ts';

test.each<
  readonly [string, string, readonly [FactMap['node.pgbackrest-config'], FactMap['node.pgbackrest-local-state']]]
>([
  ['hardened', 'pass', [backrestConfigOf(), localStateOf()]],
  ['weak: WAL was dropped', 'fail', [backrestConfigOf(), localStateOf({ droppedWal: 3 })]],
  ['a bound is set', 'warn', [backrestConfigOf({}, { queueMaxBytes: 4294967296 }), localStateOf()]],
  [
    'not configured',
    'not_applicable',
    [{ isConfigured: false, path: '/etc/pgbackrest/pgbackrest.conf' }, localStateOf({ isConfigured: false })],
  ],
])('%s: %s', (_, outcome, given) => {
  const verdict = nodeBackupWalNotDropped.evaluate(
    { 'node.pgbackrest-config': given[0], 'node.pgbackrest-local-state': given[1] },
    nodeBackupWalNotDropped.params,
    seenAt,
  );
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
