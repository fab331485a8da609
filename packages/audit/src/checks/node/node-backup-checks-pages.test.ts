import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { backrestConfigOf } from '../backup.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { nodeBackupChecksPages } from './node-backup-checks-pages.ts';

test.each<readonly [string, string, FactMap['node.pgbackrest-config']]>([
  ['hardened', 'pass', backrestConfigOf()],
  ['weak: switched off', 'fail', backrestConfigOf({}, { checksPages: false })],
  ['not configured', 'not_applicable', { isConfigured: false, path: '/etc/pgbackrest/pgbackrest.conf' }],
])('%s: %s', (_, outcome, given) => {
  const verdict = nodeBackupChecksPages.evaluate(
    { 'node.pgbackrest-config': given },
    nodeBackupChecksPages.params,
    seenAt,
  );
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
